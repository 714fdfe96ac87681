package dev.errand.testkit.model;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A store and the reference said different things.
///
/// @param operations how many it took
/// @param found how they differed
/// @param trace few operations that lead to a disagreement on empty stores, perhaps to another one
/// @param differences how the stores differ after the trace
public record Disagreement(
    long seed, int operations, List<String> found, List<String> trace, List<String> differences) {
  private static final int MOST_SHOWN = 60;

  public Disagreement {
    found = List.copyOf(found);
    trace = List.copyOf(trace);
    differences = List.copyOf(differences);
  }

  /// All that a person needs to find out why.
  public String report() {
    return """
    The store disagrees with the reference after %d operations of seed %d:
    %s
    Operations that lead to a disagreement (t1 is a task, w1 a worker), of %d:
    %s
    and then:
    %s
    Run it again with -Derrand.model.seed=%d
    """
        .formatted(operations, seed, lines(found), trace.size(), steps(), lines(differences), seed);
  }

  private String steps() {
    int hidden = Math.max(0, trace.size() - MOST_SHOWN);
    return IntStream.range(hidden, trace.size())
        .mapToObj(i -> "  %d. %s".formatted(i + 1, trace.get(i)))
        .collect(Collectors.joining("\n"));
  }

  private static String lines(List<String> differences) {
    return differences.stream()
        .limit(10)
        .map(line -> "  - " + line)
        .collect(Collectors.joining("\n"));
  }
}
