package dev.errand.engine.worker;

import dev.errand.engine.lease.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long handlers take, as this worker has seen it. Thread-safe.
///
/// A type is quick only after many quick attempts: a new worker leases everything before it runs
/// it, so that a task which kills its workers is counted as lost. A slow attempt counts for more
/// than a quick one: of a type that is now quick and now slow, slow ones are expected.
final class Pace {
  private static final int TO_BE_SURE = 20;
  private static final Duration QUICK = Duration.ofMillis(2);
  private static final double WEIGHT_OF_SLOWER = 0.1;
  private static final double WEIGHT_OF_QUICKER = 0.02;

  private final Map<String, Average> byType = new ConcurrentHashMap<>();

  private record Average(int seen, double nanos) {
    Average and(long took) {
      double weight = took > nanos ? WEIGHT_OF_SLOWER : WEIGHT_OF_QUICKER;
      return new Average(Math.min(seen + 1, TO_BE_SURE), nanos + weight * (took - nanos));
    }
  }

  void took(String type, long nanos) {
    byType.merge(type, new Average(1, nanos), (known, _) -> known.and(nanos));
  }

  /// How many of the kind of `leases` so many slots likely get through within `time`; zero when not
  /// every one of them will end in the blink of an eye.
  long quickWithin(Duration time, int slots, List<Lease> leases) {
    double slowest = 1;
    String last = "";
    for (Lease lease : leases) {
      if (!lease.type().equals(last)) {
        last = lease.type();
        Average average = byType.get(last);
        if (average == null || average.seen() < TO_BE_SURE || average.nanos() >= QUICK.toNanos()) {
          return 0;
        }
        slowest = Math.max(slowest, average.nanos());
      }
    }
    return (long) (slots * time.toNanos() / slowest);
  }
}
