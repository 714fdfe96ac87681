package dev.errand.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads variables by name and remembers each with its source. What is wrong is collected, so that
/// all of it can be said at once.
///
/// A value comes from the command line, from the environment, or from the file that `<name>_FILE`
/// names; an empty one counts as absent.
final class Variables {
  private final Map<String, String> options;
  private final Map<String, String> environment;
  private final List<Variable> read = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  /// @param options by variable name: what the command line says instead
  Variables(Map<String, String> options, Map<String, String> environment) {
    this.options = Map.copyOf(options);
    this.environment = Map.copyOf(environment);
  }

  /// The value of `name`, or `fallback` when it is absent or `parse` refuses it.
  ///
  /// @param parse throws IllegalArgumentException with what the value must be
  <T> T get(String name, T fallback, Function<T, String> show, Function<String, T> parse) {
    return parsed(name, parse, show)
        .orElseGet(() -> {
          read.add(new Variable(name, show.apply(fallback), "default"));
          return fallback;
        });
  }

  /// The value of `name`, empty when it is absent or `parse` refuses it.
  ///
  /// @param show must mask secrets
  <T> Optional<T> find(
      String name, String absent, Function<T, String> show, Function<String, T> parse) {
    Optional<T> value = parsed(name, parse, show);
    if (value.isEmpty()) {
      read.add(new Variable(name, absent, "default"));
    }
    return value;
  }

  /// What `construction` makes, or `instead` when it refuses what it was given, naming the
  /// variable.
  <T> T checked(T instead, Supplier<T> construction) {
    try {
      return construction.get();
    } catch (IllegalArgumentException e) {
      complaints.add(String.valueOf(e.getMessage()));
      return instead;
    }
  }

  /// Notes `complaint` unless `holds`.
  void require(boolean holds, String complaint) {
    if (!holds) {
      complaints.add(complaint);
    }
  }

  List<Variable> read() {
    return List.copyOf(read);
  }

  /// @throws InvalidSettings when anything was wrong
  void orThrow() {
    if (!complaints.isEmpty()) {
      throw new InvalidSettings(complaints);
    }
  }

  private <T> Optional<T> parsed(String name, Function<String, T> parse, Function<T, String> show) {
    return given(name)
        .flatMap(given -> {
          try {
            T value = parse.apply(given.text());
            read.add(new Variable(name, show.apply(value), given.source()));
            return Optional.of(value);
          } catch (IllegalArgumentException e) {
            complaints.add("%s %s (%s)".formatted(name, e.getMessage(), given.source()));
            return Optional.empty();
          }
        });
  }

  private record Given(String text, String source) {}

  private Optional<Given> given(String name) {
    String file = name + "_FILE";
    String option = options.get(name);
    if (option != null) {
      return Optional.of(new Given(option, "command line"));
    }
    Optional<String> direct = inEnvironment(name);
    Optional<String> path = inEnvironment(file);
    if (direct.isPresent() && path.isPresent()) {
      complaints.add("%s and %s are both set; set one of them".formatted(name, file));
      return Optional.empty();
    }
    return direct
        .map(text -> new Given(text, "environment"))
        .or(() -> path.flatMap(named -> inFile(file, named)));
  }

  private Optional<String> inEnvironment(String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> !text.isBlank())
        .map(String::strip);
  }

  private Optional<Given> inFile(String variable, String path) {
    try {
      return Optional.of(new Given(Files.readString(Path.of(path)).strip(), "file " + path));
    } catch (IOException | InvalidPathException e) {
      complaints.add("%s names a file that cannot be read: %s".formatted(variable, path));
      return Optional.empty();
    }
  }
}
