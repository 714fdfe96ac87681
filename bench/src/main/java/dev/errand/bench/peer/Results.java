package dev.errand.bench.peer;

import dev.errand.bench.peer.Plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was measured so far.
final class Results {
  /// Beyond this share of all processors, other work on the machine disturbed a measurement.
  private static final double DISTURBED = 0.2;

  private final List<Result> all = new ArrayList<>();

  private record Result(Step step, Map<Measure, Double> values, double foreignShare) {}

  /// The values of one number over the repeats.
  ///
  /// @param byRepeat not empty
  record Values(Map<Integer, Double> byRepeat, boolean disturbed) {
    double median() {
      List<Double> ascending = byRepeat.values().stream().sorted().toList();
      int count = ascending.size();
      return (ascending.get((count - 1) / 2) + ascending.get(count / 2)) / 2;
    }

    double least() {
      return byRepeat.values().stream().min(Double::compare).orElseThrow();
    }

    double most() {
      return byRepeat.values().stream().max(Double::compare).orElseThrow();
    }

    /// Divides what was measured in the same repeats; where disturbances left none, the medians.
    Values over(Values others) {
      Map<Integer, Double> ratios = new LinkedHashMap<>();
      byRepeat.forEach((repeat, value) -> {
        Double other = others.byRepeat.get(repeat);
        if (other != null) {
          ratios.put(repeat, value / other);
        }
      });
      return ratios.isEmpty()
          ? new Values(Map.of(1, median() / others.median()), true)
          : new Values(ratios, disturbed || others.disturbed);
    }
  }

  void add(Step step, Map<Measure, Double> values, double foreignShare) {
    all.add(new Result(step, Map.copyOf(values), foreignShare));
  }

  /// Empty when nothing was measured. Disturbed measurements count only where all were.
  Optional<Values> of(Contestant contestant, Measure measure) {
    List<Result> found =
        all.stream()
            .filter(result -> result.step().contestant() == contestant)
            .filter(result -> result.values().containsKey(measure))
            .toList();
    List<Result> calm =
        found.stream().filter(result -> result.foreignShare() <= DISTURBED).toList();
    Map<Integer, Double> byRepeat = new LinkedHashMap<>();
    for (Result result : calm.isEmpty() ? found : calm) {
      byRepeat.put(result.step().repeat(), result.values().getOrDefault(measure, 0.0));
    }
    return byRepeat.isEmpty()
        ? Optional.empty()
        : Optional.of(new Values(byRepeat, calm.isEmpty()));
  }

  /// How often a handler was called for a job that it had handled.
  long repeats(Contestant contestant) {
    return all.stream()
        .filter(result -> result.step().contestant() == contestant)
        .mapToLong(result -> Math.round(result.values().getOrDefault(Measure.REPEATS, 0.0)))
        .sum();
  }
}
