package dev.errand.bench.peer;

import dev.errand.bench.peer.Plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Errand beside other queues: `errand bench peers`.
public final class PeersBenchmark {
  private static final String LEGEND =
      """
      Every store syncs to the disk before it answers. `~`: other work on the machine disturbed every
      run of this figure; otherwise disturbed runs are left out. Ratios are taken within a repeat.
      """;

  private final Plan plan;
  private final Results results = new Results();
  private final Map<Contestant, String> absent = new EnumMap<>(Contestant.class);
  private int failures;

  private PeersBenchmark(Plan plan) {
    this.plan = plan;
  }

  /// Compares as planned, and prints.
  ///
  /// @param folder for what is kept while it runs
  /// @param cache for what the next run may use again
  /// @param machine what it runs on, for the heading
  /// @return whether all that was planned was measured, and every target of it reached
  public static boolean run(Plan plan, Path folder, Path cache, String machine) throws Exception {
    return new PeersBenchmark(plan).run(folder, cache, machine);
  }

  private boolean run(Path folder, Path cache, String machine) throws Exception {
    Clients clients = new Clients(Files.createDirectory(folder.resolve("clients")), node(cache));
    try (Postgres postgres = Postgres.start(folder.resolve("postgres"), clients);
        @Nullable Redis redis = redis(folder, clients)) {
      String heading = heading(machine, postgres, folder);
      System.out.println(heading);
      List<Contestant> present =
          plan.contestants().stream().filter(one -> !absent.containsKey(one)).toList();
      absent.forEach(
          (contestant, why) -> System.out.printf("%s is left out: %s%n", contestant, why));
      Progress progress = new Progress(plan.steps(present));
      for (Step step : progress.steps()) {
        Store store = step.contestant().needsRedis() ? Objects.requireNonNull(redis) : postgres;
        measure(step, store, clients, progress);
      }
      report(heading, present);
    }
    return failures == 0 && Target.ALL.stream().allMatch(this::reachedIfCompared);
  }

  private Optional<NodeProgram> node(Path cache) throws IOException, InterruptedException {
    if (plan.contestants().stream().noneMatch(Contestant::isNode)) {
      return Optional.empty();
    }
    try {
      return Optional.of(NodeProgram.installedIn(cache));
    } catch (NodeProgram.Missing missing) {
      leaveOut(plan.contestants().stream().filter(Contestant::isNode).toList(), missing);
      return Optional.empty();
    }
  }

  private @Nullable Redis redis(Path folder, Clients clients)
      throws IOException, InterruptedException {
    List<Contestant> inRedis =
        plan.contestants().stream()
            .filter(Contestant::needsRedis)
            .filter(one -> !absent.containsKey(one))
            .toList();
    if (inRedis.isEmpty()) {
      return null;
    }
    try {
      return Redis.start(Files.createDirectory(folder.resolve("redis")), clients);
    } catch (IOException missing) {
      leaveOut(inRedis, missing);
      return null;
    }
  }

  private void leaveOut(List<Contestant> contestants, Exception why) {
    contestants.forEach(contestant -> absent.put(contestant, String.valueOf(why.getMessage())));
  }

  private String heading(String machine, Postgres postgres, Path folder) throws Exception {
    return "%s, PostgreSQL %s on %s; repeats %d, jobs %,d"
        .formatted(
            machine,
            postgres.version(),
            Files.getFileStore(folder).type(),
            plan.repeats(),
            plan.jobs());
  }

  private void measure(Step step, Store store, Clients clients, Progress progress)
      throws InterruptedException {
    long driver = ProcessHandle.current().pid();
    progress.begin(step);
    Processes before = Processes.now();
    try {
      Map<Measure, Double> values =
          Measurements.of(step.contestant(), step.phase(), store, clients, plan);
      double foreignShare = Processes.now().foreignShare(before, driver);
      results.add(step, values, foreignShare);
      progress.end(step, values, foreignShare);
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception failure) {
      failures++;
      progress.failed(step, failure);
    }
  }

  private void report(String heading, List<Contestant> present) throws IOException {
    String tables =
        "%s\n\n%s%s%s"
            .formatted(
                heading,
                Tables.contestants(results, present),
                Tables.targets(results),
                LEGEND + repeated(present));
    System.out.print("\n" + tables);
    Path out = plan.out();
    if (out != null) {
      Files.writeString(out, tables);
    }
  }

  private String repeated(List<Contestant> present) {
    StringBuilder text = new StringBuilder();
    for (Contestant contestant : present) {
      if (results.repeats(contestant) > 0) {
        text.append(
            "%s handled %d jobs again.%n".formatted(contestant, results.repeats(contestant)));
      }
    }
    return text.toString();
  }

  private boolean reachedIfCompared(Target target) {
    return target.compare(results).map(target::reachedBy).orElse(true);
  }
}
