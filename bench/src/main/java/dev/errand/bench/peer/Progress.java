package dev.errand.bench.peer;

import dev.errand.bench.peer.Plan.Step;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// Says what is measured now, what came of it, and how long the rest may take.
final class Progress {
  private static final double FIRST_GUESS_SECONDS = 10;

  private final List<Step> steps;
  private final Map<Phase, Duration> took = new EnumMap<>(Phase.class);
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

  /// From the last time that each phase took, or the mean of others.
  private String left() {
    OptionalDouble mean = took.values().stream().mapToLong(Duration::toMillis).average();
    double other = mean.orElse(FIRST_GUESS_SECONDS * 1_000);
    double millis =
        steps.stream()
            .skip(begun)
            .mapToDouble(
                step -> took.containsKey(step.phase()) ? took.get(step.phase()).toMillis() : other)
            .sum();
    return millis < 90_000
        ? String.format(Locale.ROOT, "%2.0f s", millis / 1_000)
        : String.format(Locale.ROOT, "%2.0f min", millis / 60_000);
  }

  void end(Step step, Map<Measure, Double> values, double foreignShare) {
    took.put(step.phase(), Duration.ofNanos(System.nanoTime() - beginNanos));
    System.out.printf(
        Locale.ROOT, "%-24s foreign CPU %.0f %%%n", figure(values), foreignShare * 100);
  }

  void failed(Step step, Exception failure) {
    took.put(step.phase(), Duration.ofNanos(System.nanoTime() - beginNanos));
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
