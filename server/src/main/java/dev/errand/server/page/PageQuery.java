package dev.errand.server.page;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which page of a list a caller asks for, and of whose things.
///
/// @param size how many a page shows
/// @param cursor the `next_cursor` of the page before, absent for the first page
/// @param owner whose, absent for everybody's; the caller's own unless said otherwise
public record PageQuery(int size, @Nullable String cursor, @Nullable String owner) {
  private static final List<String> OF_EVERY_LIST = List.of("limit", "cursor");
  private static final int DEFAULT_SIZE = 50;
  private static final int MAX_SIZE = 200;

  /// @param more the parameters that the list has besides `limit` and `cursor`; `owner` stands for
  ///   somebody's, or with `*` for everybody's
  /// @throws Problem.Refused for what is unknown or makes no sense
  public static PageQuery of(Map<String, String> parameters, Caller caller, String... more) {
    List<String> known = Stream.concat(Stream.of(more), OF_EVERY_LIST.stream()).toList();
    parameters.forEach((name, value) -> check(name, value, known));
    String owner = parameters.getOrDefault("owner", caller.user());
    return new PageQuery(
        size(parameters.get("limit")), parameters.get("cursor"), owner.equals("*") ? null : owner);
  }

  private static void check(String name, String value, List<String> known) {
    if (!known.contains(name)) {
      throw bad("There is no parameter %s; known are %s".formatted(name, String.join(", ", known)));
    }
    if (value.indexOf('\0') >= 0) {
      throw bad("%s must not contain NUL".formatted(name));
    }
  }

  private static int size(@Nullable String text) {
    if (text == null) {
      return DEFAULT_SIZE;
    }
    int size = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    if (size < 1 || size > MAX_SIZE) {
      throw bad("limit must be 1 to %d, not \"%s\"".formatted(MAX_SIZE, text));
    }
    return size;
  }

  /// How many to look for: one more than a page shows tells whether there is more.
  public int limit() {
    return size + 1;
  }

  /// That with which the page before ended, absent for the first page.
  ///
  /// @throws Problem.Refused when the cursor stands for nothing
  public <T> @Nullable T after(Function<String, Optional<T>> reading) {
    if (cursor == null) {
      return null;
    }
    return reading
        .apply(cursor)
        .orElseThrow(() -> bad("cursor must be the next_cursor of the page before"));
  }

  public static Problem.Refused bad(String what) {
    return new Problem.BadRequest(what + ".").refused();
  }
}
