package dev.errand.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Does random operations to a store and to the reference until they disagree.
public final class ModelRun {
  private static final int SAMPLE_AT_THE_END = 300;

  private final Supplier<? extends ModelledStore> emptyStore;

  /// @param emptyStore gives a store that holds nothing; asked again for each replay, after the one
  ///   before was closed
  public ModelRun(Supplier<? extends ModelledStore> emptyStore) {
    this.emptyStore = emptyStore;
  }

  /// Does `count` operations that follow from `seed`.
  ///
  /// @return the disagreement that was found, with as few operations as still lead to one
  public Optional<Disagreement> run(long seed, int count) {
    List<Operation> operations = new ArrayList<>();
    Optional<List<String>> differences = differences(seed, count, operations);
    return differences.map(found -> {
      Shrinking shrinking = new Shrinking(this::differences);
      List<String> trace =
          shrinking.shrink(operations, found).stream().map(Operation::toString).toList();
      return new Disagreement(seed, operations.size(), found, trace, shrinking.differences());
    });
  }

  /// As [#run], without a look for fewer operations.
  public Optional<Disagreement> find(long seed, int count) {
    List<Operation> operations = new ArrayList<>();
    return differences(seed, count, operations)
        .map(found -> new Disagreement(seed, operations.size(), found, List.of(), found));
  }

  private Optional<List<String>> differences(long seed, int count, List<Operation> done) {
    try (ModelledStore store = emptyStore.get();
        World world = new World(store)) {
      RandomOperations random = new RandomOperations(seed, world);
      for (int i = 0; i < count; i++) {
        Operation next = i < count - 1 ? random.next() : random.compare(SAMPLE_AT_THE_END);
        done.add(next);
        List<String> differences = world.run(next);
        if (!differences.isEmpty()) {
          return Optional.of(differences);
        }
      }
      return Optional.empty();
    }
  }

  /// Does `operations` to new stores.
  private List<String> differences(List<Operation> operations) {
    try (ModelledStore store = emptyStore.get();
        World world = new World(store)) {
      for (Operation operation : operations) {
        List<String> differences = world.run(operation);
        if (!differences.isEmpty()) {
          return differences;
        }
      }
      return List.of();
    }
  }
}
