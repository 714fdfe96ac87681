package dev.errand.server;

import dev.errand.server.config.InvalidSettings;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the command line says.
///
/// @param options by the variable they stand for
record Arguments(Mode mode, Map<String, String> options, Set<Flag> flags) {
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
             [config | init-db | db migrate | db status | db rollback [--yes] [--force]
              | --train | --help]\
      """;

  Arguments {
    options = Map.copyOf(options);
    flags = Set.copyOf(flags);
  }

  /// What goes without being asked for.
  enum Flag {
    /// Asks no question.
    YES,
    /// Does what harms those who use the database, and deletes everything when that is asked for.
    FORCE
  }

  /// What is to be done.
  enum Mode {
    SERVE,
    /// Lists every variable with its value and source.
    PRINT_CONFIG,
    /// Brings the database to this version's schema and ends.
    INIT_DB,
    /// Lists the steps of the schema.
    DB_STATUS,
    /// Takes the schema one step back.
    DB_ROLLBACK,
    /// Starts a server that nobody else sees, uses it once and ends: what a JDK AOT cache is made
    /// from.
    TRAIN,
    HELP
  }

  /// @throws InvalidSettings naming what is unknown or incomplete
  static Arguments parse(String... words) {
    Mode mode = Mode.SERVE;
    Map<String, String> options = new HashMap<>();
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (Iterator<String> rest = List.of(words).iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--print-config", "config" -> mode = Mode.PRINT_CONFIG;
        case "init-db" -> mode = Mode.INIT_DB;
        case "db" -> mode = schemaMode(rest.hasNext() ? rest.next() : "");
        case "--yes" -> flags.add(Flag.YES);
        case "--force" -> flags.add(Flag.FORCE);
        case "--train" -> mode = Mode.TRAIN;
        case "--help", "-h" -> mode = Mode.HELP;
        default -> option(word, rest, options);
      }
    }
    if (mode != Mode.DB_ROLLBACK && !flags.isEmpty()) {
      throw new InvalidSettings(List.of("--yes and --force belong to db rollback\n" + USAGE));
    }
    return new Arguments(mode, options, flags);
  }

  private static Mode schemaMode(String word) {
    return switch (word) {
      case "migrate" -> Mode.INIT_DB;
      case "status" -> Mode.DB_STATUS;
      case "rollback" -> Mode.DB_ROLLBACK;
      default ->
          throw new InvalidSettings(
              List.of("db needs to be told what: migrate, status or rollback\n" + USAGE));
    };
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
