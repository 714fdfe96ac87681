package dev.errand.bench.peer;

import dev.errand.bench.peer.Results.Values;
import dev.errand.bench.peer.Target.Bound;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Shows results: what every contestant reached, and Errand beside what it is to reach.
final class Tables {
  private static final String NONE = "–";
  private static final String DISTURBED = " ~";

  private Tables() {}

  static String contestants(Results results, List<Contestant> present) {
    Table table =
        new Table(
            "jobs/s: median (range)",
            "enqueue",
            "bulk",
            "drain",
            "mixed",
            "pick-up ms p50/p95/p99",
            "in one process",
            "CPU ms/1,000 enqueued, client+store",
            "… drained",
            "worker MB");
    for (Contestant contestant : present) {
      table.row(
          List.of(
              contestant.toString(),
              rate(results, contestant, Measure.ENQUEUE_RATE),
              rate(results, contestant, Measure.BULK_RATE),
              rate(results, contestant, Measure.DRAIN_RATE),
              rate(results, contestant, Measure.MIXED_RATE),
              joined(
                  results,
                  contestant,
                  " / ",
                  Tables::fraction,
                  Measure.PICK_UP_P50,
                  Measure.PICK_UP_P95,
                  Measure.PICK_UP_P99),
              joined(
                  results,
                  contestant,
                  " / ",
                  Tables::fraction,
                  Measure.PICK_UP_LOCAL_P50,
                  Measure.PICK_UP_LOCAL_P95,
                  Measure.PICK_UP_LOCAL_P99),
              joined(
                  results,
                  contestant,
                  " + ",
                  Tables::whole,
                  Measure.ENQUEUE_CLIENT_CPU,
                  Measure.ENQUEUE_STORE_CPU),
              joined(
                  results,
                  contestant,
                  " + ",
                  Tables::whole,
                  Measure.DRAIN_CLIENT_CPU,
                  Measure.DRAIN_STORE_CPU),
              joined(results, contestant, "", Tables::whole, Measure.WORKER_MEMORY)));
    }
    return table.toString() + "\n";
  }

  static String targets(Results results) {
    Table table = new Table("Errand", "is", "beside", "which is", "ratio (range)", "target", "");
    for (Target target : Target.ALL) {
      target
          .compare(results)
          .ifPresent(comparison ->
              table.row(
                  List.of(
                      target.what(),
                      figure(comparison.errand().median()),
                      comparison.reference().toString(),
                      figure(comparison.references().median()),
                      spread(comparison.ratio(), Tables::fraction),
                      (target.bound() == Bound.AT_LEAST ? "≥ " : "≤ ") + target.ratio(),
                      target.reachedBy(comparison) ? "reached" : "missed")));
    }
    return table.isEmpty() ? "" : table.toString() + "\n";
  }

  private static String rate(Results results, Contestant contestant, Measure measure) {
    return results
        .of(contestant, measure)
        .map(values -> spread(values, Tables::whole))
        .orElse(NONE);
  }

  private static String joined(
      Results results,
      Contestant contestant,
      String by,
      Function<Double, String> shown,
      Measure... measures) {
    List<Values> found =
        Arrays.stream(measures)
            .flatMap(measure -> results.of(contestant, measure).stream())
            .toList();
    if (found.isEmpty()) {
      return NONE;
    }
    return found.stream()
        .map(values -> shown.apply(values.median()))
        .collect(Collectors.joining(by, "", mark(found.getFirst())));
  }

  private static String spread(Values values, Function<Double, String> shown) {
    String range =
        values.byRepeat().size() == 1
            ? ""
            : " (%s–%s)".formatted(shown.apply(values.least()), shown.apply(values.most()));
    return shown.apply(values.median()) + range + mark(values);
  }

  private static String mark(Values values) {
    return values.disturbed() ? DISTURBED : "";
  }

  private static String figure(double value) {
    return value >= 100 ? whole(value) : fraction(value);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String fraction(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
