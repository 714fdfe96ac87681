package dev.errand.bench.peer;

import static dev.errand.bench.peer.Contestant.BULLMQ;
import static dev.errand.bench.peer.Contestant.DB_SCHEDULER;
import static dev.errand.bench.peer.Contestant.FLOOR;
import static dev.errand.bench.peer.Contestant.GRAPHILE_WORKER;
import static dev.errand.bench.peer.Contestant.JOBRUNR;
import static dev.errand.bench.peer.Contestant.PG_BOSS;

import dev.errand.bench.peer.Results.Values;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What Errand is to reach.
///
/// @param references of which the best in this run counts
/// @param ratio what Errand's figure, divided by the reference's, has to be at least or at most
record Target(
    String what, Measure measure, Bound bound, double ratio, List<Contestant> references) {
  private static final List<Contestant> QUEUES =
      List.of(JOBRUNR, DB_SCHEDULER, PG_BOSS, GRAPHILE_WORKER);

  static final List<Target> ALL =
      List.of(
          new Target("enqueue", Measure.ENQUEUE_RATE, Bound.AT_LEAST, 1.5, List.of(FLOOR)),
          new Target("bulk", Measure.BULK_RATE, Bound.AT_LEAST, 1.0, QUEUES),
          new Target("drain", Measure.DRAIN_RATE, Bound.AT_LEAST, 1.0, QUEUES),
          new Target("mixed", Measure.MIXED_RATE, Bound.AT_LEAST, 1.5, List.of(BULLMQ)),
          new Target(
              "pick-up p50", Measure.PICK_UP_P50, Bound.AT_MOST, 1.0, List.of(GRAPHILE_WORKER)),
          new Target(
              "pick-up p99", Measure.PICK_UP_P99, Bound.AT_MOST, 1.0, List.of(GRAPHILE_WORKER)),
          new Target(
              "pick-up, one process, p50",
              Measure.PICK_UP_LOCAL_P50,
              Bound.AT_MOST,
              0.3,
              List.of(DB_SCHEDULER)),
          new Target(
              "pick-up, one process, p99",
              Measure.PICK_UP_LOCAL_P99,
              Bound.AT_MOST,
              0.3,
              List.of(DB_SCHEDULER)));

  Target {
    references = List.copyOf(references);
  }

  enum Bound {
    AT_LEAST,
    AT_MOST
  }

  /// Errand beside the reference.
  record Comparison(Values errand, Contestant reference, Values references, Values ratio) {}

  /// Empty when Errand or every reference lacks the figure.
  Optional<Comparison> compare(Results results) {
    Optional<Values> errand = results.of(Contestant.ERRAND, measure);
    Optional<Contestant> best =
        references.stream()
            .filter(reference -> results.of(reference, measure).isPresent())
            .min(
                bestFirst(
                    reference -> results.of(reference, measure).map(Values::median).orElseThrow()));
    if (errand.isEmpty() || best.isEmpty()) {
      return Optional.empty();
    }
    Values references = results.of(best.get(), measure).orElseThrow();
    Values ratio = errand.get().over(references);
    return Optional.of(new Comparison(errand.get(), best.get(), references, ratio));
  }

  private Comparator<Contestant> bestFirst(Function<Contestant, Double> figure) {
    Comparator<Contestant> ascending = Comparator.comparing(figure);
    return bound == Bound.AT_MOST ? ascending : ascending.reversed();
  }

  boolean reachedBy(Comparison comparison) {
    double reached = comparison.ratio().median();
    return bound == Bound.AT_MOST ? reached <= ratio : reached >= ratio;
  }
}
