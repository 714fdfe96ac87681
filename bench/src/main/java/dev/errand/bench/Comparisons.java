package dev.errand.bench;

import dev.errand.bench.peer.Clients;
import dev.errand.bench.peer.PeersBenchmark;
import dev.errand.bench.peer.Plan;
import dev.errand.bench.peer.Postgres;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The benchmarks of the queue, in a folder that goes with them, even when Ctrl-C ends them.
final class Comparisons {
  static final List<String> NAMES =
      List.of("peers", "http", "backlog", "fairness", "endurance", "sleepers", "followers");

  private static final int CLEAN_UP_SECONDS = 30;

  private Comparisons() {}

  /// @param name one of [#NAMES]
  /// @return whether every target was reached
  static boolean run(String name, List<String> options) throws Exception {
    Path data = dataDirectory();
    Path folder = folder(data);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(stop(Thread.currentThread(), ended));
    try {
      return switch (name) {
        case "peers" ->
            PeersBenchmark.run(plan(options), folder, data.resolve("cache"), Bench.machine());
        case "followers" -> FollowersBenchmark.run(options, folder);
        default -> run(benchmark(name, options, folder), folder);
      };
    } catch (InterruptedException _) {
      System.err.println("Stopped.");
      return false;
    } finally {
      Installation.delete(folder);
      ended.countDown();
    }
  }

  /// One that needs a PostgreSQL of its own.
  private interface Benchmark {
    void run(Postgres postgres, Clients clients, Report report) throws Exception;
  }

  private static Benchmark benchmark(String name, List<String> options, Path folder) {
    if (name.equals("endurance")) {
      Duration time = EnduranceBenchmark.time(options);
      return (postgres, clients, report) ->
          new EnduranceBenchmark(time, postgres, clients).run(report);
    }
    Plan plan = plan(options);
    return switch (name) {
      case "http" ->
          (postgres, clients, report) ->
              new HttpBenchmark(plan, postgres, clients, folder).run(report);
      case "backlog" ->
          (postgres, clients, report) -> new BacklogBenchmark(plan, postgres, clients).run(report);
      case "fairness" ->
          (postgres, clients, report) -> new FairnessBenchmark(plan, postgres, clients).run(report);
      case "sleepers" -> SleepersBenchmark::run;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static boolean run(Benchmark benchmark, Path folder) throws Exception {
    Report report = new Report(System.out);
    report.heading(Bench.machine());
    Clients clients = new Clients(folder, Optional.empty());
    try (Postgres postgres = Postgres.start(folder.resolve("postgres"), clients)) {
      benchmark.run(postgres, clients, report);
    }
    return report.missed() == 0;
  }

  private static Plan plan(List<String> words) {
    try {
      return Plan.of(words);
    } catch (Plan.Misunderstood e) {
      Bench.misunderstood(List.of(String.valueOf(e.getMessage())));
      throw e;
    }
  }

  /// Where the launcher keeps data.
  private static Path dataDirectory() {
    String given = System.getenv("ERRAND_DATA_DIR");
    String usual = System.getenv("ERRAND_USUAL_DATA_DIR");
    return Path.of(given != null ? given : Objects.requireNonNull(usual, "ERRAND_DATA_DIR"));
  }

  /// A folder on a disk: where the usual one for temporary files is in main memory, nothing that a
  /// store syncs there costs what it should.
  private static Path folder(Path data) throws Exception {
    Path folder = Files.createTempDirectory("errand-bench");
    FileStore store = Files.getFileStore(folder);
    if (!store.type().equals("tmpfs")) {
      return folder;
    }
    Files.delete(folder);
    return Files.createTempDirectory(Files.createDirectories(data), "bench");
  }

  private static Thread stop(Thread running, CountDownLatch ended) {
    return new Thread(() -> {
      running.interrupt();
      try {
        ended.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        // The system shuts down.
      }
    });
  }
}
