package dev.errand.testkit.model;

import dev.errand.testkit.contract.StoreUnderTest;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every store must do: whatever the in-memory one does, under thousands of random operations.
///
/// `-Derrand.model.operations=…` says how many in all, `-Derrand.model.seed=…` repeats one seed.
public abstract class StoreModelContract {
  private static final int OPERATIONS = Integer.getInteger("errand.model.operations", 50_000);
  private static final int OPERATIONS_A_SEED = 5_000;

  /// A store that holds nothing. Called for each seed and, after a disagreement, for each replay;
  /// the one before is closed by then.
  protected abstract StoreUnderTest emptyStore();

  static LongStream seeds() {
    Long seed = Long.getLong("errand.model.seed");
    return seed == null
        ? LongStream.rangeClosed(1, Math.ceilDiv(OPERATIONS, OPERATIONS_A_SEED))
        : LongStream.of(seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_store_agrees_with_the_reference(long seed) {
    new ModelRun(this::emptyStore)
        .run(seed, OPERATIONS_A_SEED)
        .ifPresent(disagreement -> Assertions.fail(disagreement.report()));
  }
}
