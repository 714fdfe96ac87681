package dev.errand.bench;

import dev.errand.bench.peer.Client;
import dev.errand.bench.peer.Clients;
import dev.errand.bench.peer.Contestant;
import dev.errand.bench.peer.Postgres;
import dev.errand.bench.peer.Processes;
import dev.errand.bench.peer.client.Pace;
import dev.errand.bench.peer.client.Role;

/// How much memory a worker takes that runs 10,000 tasks at once, all of which sleep.
final class SleepersBenchmark {
  private static final String CONTESTANT = "errand-sleepers";
  private static final int FIRST = 1;
  private static final int SLEEPERS = 10_000;

  /// Heartbeats for all of them, more than once.
  private static final long WATCH_MILLIS = 10_000;

  private SleepersBenchmark() {}

  static void run(Postgres postgres, Clients clients, Report report) throws Exception {
    postgres.empty(Contestant.ERRAND);
    try (Client worker =
        clients.errand(CONTESTANT, Role.WORK, Pace.SINGLE, SLEEPERS - FIRST, FIRST, postgres)) {
      worker.await("ready");
      try (Client producer =
          clients.errand(CONTESTANT, Role.PRODUCE, Pace.BULK, SLEEPERS - FIRST, FIRST, postgres)) {
        producer.await("producer-ready");
        worker.await("warm");
        double one = Processes.peakMegabytes(worker.pid()).orElseThrow();
        producer.tell("go");
        worker.await("handled");
        Thread.sleep(WATCH_MILLIS);
        double all = Processes.peakMegabytes(worker.pid()).orElseThrow();
        report.alone("worker with one sleeping task", "MB", one);
        report.alone("worker with 10,000 sleeping tasks", "MB", all);
        report.alone("each of them", "KB", (all - one) * 1024 / (SLEEPERS - FIRST));
      }
      worker.kill();
    }
  }
}
