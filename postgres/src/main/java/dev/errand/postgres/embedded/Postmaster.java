package dev.errand.postgres.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One run of the server, from its start to its end. Thread-safe.
final class Postmaster {
  private static final long GLANCE_MILLIS = 2;

  /// Recovery reads at most `max_wal_size`.
  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final Process process;
  private final ServerLog log;

  private Postmaster(Cluster cluster, Process process, ServerLog log) {
    this.cluster = cluster;
    this.process = process;
    this.log = log;
  }

  /// How a start went.
  sealed interface Start {
    /// It accepts connections.
    record Accepting() implements Start {}

    /// It ended, or had to be ended, before it accepted connections.
    record Failed(String what, String said) implements Start {
      /// Whether somebody else was quicker, with the port or with the data directory, so that
      /// another port or another look at the directory helps.
      boolean worthAnotherTry() {
        return said.contains("could not bind") || said.contains("lock file");
      }

      EmbeddedPostgresException asException() {
        return EmbeddedPostgresException.because(what, said);
      }
    }
  }

  /// Starts the server. The thread that calls this must live as long as the server should.
  ///
  /// @param settings what differs from `postgresql.conf`
  static Postmaster launch(
      Cluster cluster, Programs programs, int port, Map<String, String> settings)
      throws IOException {
    var arguments = new ArrayList<>(List.of("-D", cluster.data().toString()));
    arguments.addAll(List.of("-c", "listen_addresses=127.0.0.1"));
    arguments.addAll(List.of("-c", "unix_socket_directories="));
    arguments.addAll(List.of("-c", "port=" + port));
    settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    ServerLog log = ServerLog.begin(cluster);
    Process process =
        programs
            .command(Shutdown.FAST, "postgres", arguments)
            .redirectErrorStream(true)
            .redirectOutput(log.standardError().toFile())
            .start();
    process.getOutputStream().close();
    return new Postmaster(cluster, process, log);
  }

  /// Waits until the server accepts connections, or until it is clear that it will not.
  Start awaitStart() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
      if (accepting()) {
        return new Start.Accepting();
      }
      if (System.nanoTime() - deadline > 0) {
        stop();
        return new Start.Failed(
            "PostgreSQL did not accept connections within %s.".formatted(LONGEST_START),
            log.tail());
      }
    }
    new Leftovers(cluster.data()).end(); // also waits for the last lines of the log
    return new Start.Failed(
        "PostgreSQL ended with exit code %d before it accepted connections."
            .formatted(process.exitValue()),
        log.tail());
  }

  private boolean accepting() throws IOException {
    return PidFile.read(cluster.data())
        .filter(file -> file.pid() == process.pid() && file.accepting())
        .isPresent();
  }

  /// Waits for the end of the server, and returns its exit code.
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  /// Ends the server and waits for that.
  void stop() throws IOException, InterruptedException {
    if (!endsOn(Shutdown.FAST, FAST_SHUTDOWN) && !endsOn(Shutdown.IMMEDIATE, IMMEDIATE_SHUTDOWN)) {
      process.destroyForcibly().waitFor();
    }
  }

  private boolean endsOn(Shutdown shutdown, Duration patience)
      throws IOException, InterruptedException {
    if (process.isAlive()) {
      shutdown.request(process.pid());
    }
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
