package dev.errand.testkit.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Leaves operations out as long as what is left still leads to a disagreement.
final class Shrinking {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Function<List<Operation>, List<String>> replay;
  private final long startedAt = System.nanoTime();
  private List<String> differences = List.of();

  /// @param replay does operations to new stores and tells how they differ after the last one
  Shrinking(Function<List<Operation>, List<String>> replay) {
    this.replay = replay;
  }

  /// @return few operations, at most those that were given
  List<Operation> shrink(List<Operation> operations, List<String> found) {
    differences = found;
    List<Operation> left = aboutTheSameTasks(operations, found);
    for (int size = Math.max(1, left.size() / 2); size >= 1; size /= 2) {
      left = withoutPieces(left, size);
    }
    return withoutPieces(withSmallerOperations(left), 1);
  }

  /// How the stores differ after the few operations.
  List<String> differences() {
    return differences;
  }

  /// Most operations have nothing to do with the tasks on which the stores disagree.
  private List<Operation> aboutTheSameTasks(List<Operation> operations, List<String> found) {
    return Stream.of("" + found, operations.getLast() + " " + found)
        .map(text -> about(TaskRef.namedIn(text), operations))
        .filter(this::fails)
        .findFirst()
        .orElse(operations);
  }

  private static List<Operation> about(Set<TaskRef> tasks, List<Operation> operations) {
    return operations.stream()
        .map(operation -> operation.about(tasks))
        .filter(Objects::nonNull)
        .collect(Collectors.toList());
  }

  private List<Operation> withoutPieces(List<Operation> operations, int size) {
    List<Operation> left = operations;
    for (int from = 0; from < left.size() && patient(); ) {
      List<Operation> fewer = new ArrayList<>(left.subList(0, from));
      fewer.addAll(left.subList(Math.min(from + size, left.size()), left.size()));
      if (fails(fewer)) {
        left = fewer;
      } else {
        from += size;
      }
    }
    return left;
  }

  private List<Operation> withSmallerOperations(List<Operation> operations) {
    List<Operation> left = new ArrayList<>(operations);
    for (int i = 0; i < left.size(); ) {
      i += madeSmaller(left, i) ? 0 : 1;
    }
    return left;
  }

  private boolean madeSmaller(List<Operation> operations, int index) {
    Operation whole = operations.get(index);
    for (Operation smaller : whole.smaller()) {
      operations.set(index, smaller);
      if (patient() && fails(operations)) {
        return true;
      }
    }
    operations.set(index, whole);
    return false;
  }

  private boolean fails(List<Operation> operations) {
    List<String> now = replay.apply(operations);
    if (now.isEmpty()) {
      return false;
    }
    differences = now;
    return true;
  }

  private boolean patient() {
    return System.nanoTime() - startedAt < PATIENCE.toNanos();
  }
}
