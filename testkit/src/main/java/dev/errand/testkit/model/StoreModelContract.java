package dev.errand.testkit.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every store must do: whatever the in-memory one does, under thousands of random operations.
///
/// `-Derrand.model.operations=…` says how many in all, `-Derrand.model.seed=…` repeats one seed.
public abstract class StoreModelContract {
  private static final int OPERATIONS = Integer.getInteger("errand.model.operations", 100_000);
  private static final int OPERATIONS_A_SEED = 5_000;

  private static final Map<Class<?>, Map<Long, CompletableFuture<Optional<Disagreement>>>> RUNS =
      new ConcurrentHashMap<>();

  /// A store that holds nothing. Called for each seed and, after a disagreement, for each replay;
  /// the one before is closed by then.
  protected abstract ModelledStore emptyStore();

  static LongStream seeds() {
    Long seed = Long.getLong("errand.model.seed");
    return seed == null
        ? LongStream.rangeClosed(1, Math.ceilDiv(OPERATIONS, OPERATIONS_A_SEED))
        : LongStream.of(seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_store_agrees_with_the_reference(long seed) {
    Objects.requireNonNull(RUNS.computeIfAbsent(getClass(), _ -> startAll()).get(seed))
        .join()
        .ifPresent(disagreement -> Assertions.fail(disagreement.report()));
  }

  /// Runs of all seeds, as many at a time as there are processors.
  private Map<Long, CompletableFuture<Optional<Disagreement>>> startAll() {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    Map<Long, CompletableFuture<Optional<Disagreement>>> runs = new HashMap<>();
    ModelRun run = new ModelRun(this::emptyStore);
    seeds()
        .forEach(seed ->
            runs.put(
                seed,
                CompletableFuture.supplyAsync(() -> run.run(seed, OPERATIONS_A_SEED), threads)));
    threads.shutdown();
    return runs;
  }
}
