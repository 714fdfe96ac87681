package dev.errand.server;

import dev.errand.server.config.InvalidSettings;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// What the command line says.
///
/// @param options by the variable they stand for
record Arguments(Mode mode, Map<String, String> options) {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "--port", "ERRAND_PORT",
          "--host", "ERRAND_HOST",
          "--role", "ERRAND_ROLE",
          "--data-dir", "ERRAND_DATA_DIR",
          "--log", "ERRAND_LOG");

  static final String USAGE =
      """
      Usage: [--port N] [--host ADDRESS] [--role api|worker|all] [--data-dir DIR] [--log text|json]
             [config | init-db | --train | --help]\
      """;

  Arguments {
    options = Map.copyOf(options);
  }

  /// What is to be done.
  enum Mode {
    SERVE,
    /// Lists every variable with its value and source.
    PRINT_CONFIG,
    /// Brings the database to this version's schema and ends.
    INIT_DB,
    /// Starts a server that nobody else sees, uses it once and ends: what a JDK AOT cache is made
    /// from.
    TRAIN,
    HELP
  }

  /// @throws InvalidSettings naming what is unknown or incomplete
  static Arguments parse(String... words) {
    Mode mode = Mode.SERVE;
    Map<String, String> options = new HashMap<>();
    for (Iterator<String> rest = List.of(words).iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--print-config", "config" -> mode = Mode.PRINT_CONFIG;
        case "init-db" -> mode = Mode.INIT_DB;
        case "--train" -> mode = Mode.TRAIN;
        case "--help", "-h" -> mode = Mode.HELP;
        default -> option(word, rest, options);
      }
    }
    return new Arguments(mode, options);
  }

  private static void option(String word, Iterator<String> rest, Map<String, String> options) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    String variable = VARIABLES.get(name);
    if (variable == null) {
      throw new InvalidSettings(List.of("Unknown option " + word + "\n" + USAGE));
    }
    if (equals < 0 && !rest.hasNext()) {
      throw new InvalidSettings(List.of(name + " needs a value\n" + USAGE));
    }
    options.put(variable, equals < 0 ? rest.next() : word.substring(equals + 1));
  }
}
