package dev.errand.bench.peer;

import dev.errand.bench.peer.Plan.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/// Says what is measured now, what came of it, and how long the rest may take.
final class Progress {
  private static final double FIRST_GUESS_SECONDS = 10;

  private final List<Step> steps;

  /// Seconds.
  private final Map<Step, Double> took = new HashMap<>();

  private int begun;
  private long beginNanos;

  Progress(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  List<Step> steps() {
    return steps;
  }

  void begin(Step step) {
    System.out.printf(
        Locale.ROOT,
        "%3d of %d, %s left   repeat %d  %-13s  %-16s  ",
        begun + 1,
        steps.size(),
        left(),
        step.repeat(),
        step.phase(),
        step.contestant());
    System.out.flush();
    begun++;
    beginNanos = System.nanoTime();
  }

  private String left() {
    double seconds = steps.stream().skip(begun).mapToDouble(this::expected).sum();
    return seconds < 90
        ? String.format(Locale.ROOT, "%3.0f s  ", seconds)
        : String.format(Locale.ROOT, "%3.0f min", seconds / 60);
  }

  /// What the contestant, or else others, took for the phase, or else what other phases took.
  private double expected(Step step) {
    return mean(one -> one.phase() == step.phase() && one.contestant() == step.contestant())
        .or(() -> mean(one -> one.phase() == step.phase()))
        .or(() -> mean(_ -> true))
        .orElse(FIRST_GUESS_SECONDS);
  }

  private Optional<Double> mean(Predicate<Step> which) {
    OptionalDouble mean =
        took.entrySet().stream()
            .filter(step -> which.test(step.getKey()))
            .mapToDouble(step -> step.getValue())
            .average();
    return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
  }

  void end(Step step, Map<Measure, Double> values, double foreignShare) {
    took.put(step, (System.nanoTime() - beginNanos) / 1e9);
    System.out.printf(
        Locale.ROOT, "%-24s foreign CPU %.0f %%%n", figure(values), foreignShare * 100);
  }

  void failed(Step step, Exception failure) {
    took.put(step, (System.nanoTime() - beginNanos) / 1e9);
    System.out.println("failed: " + failure.getMessage());
  }

  private static String figure(Map<Measure, Double> values) {
    StringBuilder text = new StringBuilder();
    values.forEach((measure, value) -> {
      switch (measure) {
        case ENQUEUE_RATE, BULK_RATE, DRAIN_RATE, MIXED_RATE ->
            text.append(String.format(Locale.ROOT, "%,9.0f jobs/s", value));
        case PICK_UP_P50, PICK_UP_P99, PICK_UP_LOCAL_P50, PICK_UP_LOCAL_P99 ->
            text.append(String.format(Locale.ROOT, "%9.2f ms", value));
        default -> {}
      }
    });
    return text.toString();
  }
}
