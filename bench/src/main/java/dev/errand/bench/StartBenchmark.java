package dev.errand.bench;

import dev.errand.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;

/// How long a server takes to start where the build and the data directory are there.
final class StartBenchmark {
  private static final int TIMES = 9;
  private static final double TARGET_SECONDS = 2;

  private StartBenchmark() {}

  static void run(Installation errand, Report report) throws IOException, InterruptedException {
    Samples healthy = Samples.of(TIMES, () -> serve(errand));
    Samples postgres = Samples.of(TIMES, () -> postgres(errand));
    report.atMost(TARGET_SECONDS, "s", "serve until healthy", healthy);
    report.beside("PostgreSQL alone", postgres, "s", "serve until healthy", healthy);
  }

  private static Duration serve(Installation errand) throws IOException, InterruptedException {
    try (RunningServer server = errand.serve()) {
      return server.untilHealthy();
    }
  }

  private static Duration postgres(Installation errand) {
    long begin = System.nanoTime();
    try (EmbeddedPostgres _ = EmbeddedPostgres.start(errand.data().resolve("postgres"))) {
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }
}
