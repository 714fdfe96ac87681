package dev.errand.server;

import dev.errand.server.config.InvalidSettings;
import dev.errand.server.config.Settings;
import dev.errand.server.wiring.Wiring;
import java.util.List;
import java.util.Map;

/// Starts a server.
///
/// Exit codes, which are those of the command line: 1 the schema is not that of this version, or
/// was not taken back because somebody said no, 2 it was told something that makes no sense, 6
/// something is in its way (a port, a directory, the database), and 143 (130) when it was stopped
/// by SIGTERM (SIGINT).
public final class Main {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private Main() {}

  public static void main(String[] args) {
    leaveCarriersForHttp();
    try {
      Arguments arguments = Arguments.parse(args);
      Settings settings = Settings.read(arguments.options(), System.getenv());
      switch (arguments.mode()) {
        case SERVE -> serve(settings);
        case PRINT_CONFIG -> settings.variables().forEach(System.out::println);
        case INIT_DB -> System.out.println(ErrandServer.initialiseDatabase(settings));
        case DB_STATUS -> exit(SchemaCommand.here(settings).status());
        case DB_ROLLBACK -> exit(SchemaCommand.here(settings).rollback(arguments.flags()));
        case TRAIN -> Training.run(arguments.options());
        case HELP -> System.out.println(Arguments.USAGE);
      }
    } catch (InvalidSettings e) {
      fail(2, e);
    } catch (StartFailure e) {
      fail(6, e);
    } catch (RuntimeException e) {
      // Spring would keep it to itself.
      e.printStackTrace();
      System.exit(70);
    }
  }

  /// Handlers that compute in native code keep the carrier thread they run on; requests must find
  /// another one. Works only before the first virtual thread is made.
  private static void leaveCarriersForHttp() {
    if (System.getProperty(PARALLELISM) == null) {
      int cores = Runtime.getRuntime().availableProcessors();
      System.setProperty(PARALLELISM, String.valueOf(Math.max(8, 4 * cores)));
    }
  }

  private static void serve(Settings settings) {
    serve(settings, Map.of());
  }

  /// Serves until the process is stopped.
  ///
  /// @param instead parts that take the place of some of [Wiring]'s: a server with other types of
  ///   tasks, or another tempo
  /// @throws StartFailure saying why it did not start
  public static void serve(Settings settings, Map<Class<?>, Class<?>> instead) {
    List<Class<?>> parts =
        Wiring.partsFor(settings.role()).stream()
            .<Class<?>>map(part -> instead.getOrDefault(part, part))
            .toList();
    ErrandServer server = ErrandServer.start(settings, parts);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    Announcement.make(server, settings);
  }

  private static void exit(boolean done) {
    System.exit(done ? 0 : 1);
  }

  private static void fail(int exitCode, RuntimeException reason) {
    System.err.println(reason.getMessage());
    System.exit(exitCode);
  }
}
