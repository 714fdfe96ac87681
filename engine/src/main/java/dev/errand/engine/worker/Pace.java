package dev.errand.engine.worker;

import dev.errand.engine.lease.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long handlers take, as this worker has seen it. Thread-safe.
///
/// A type is quick only after many quick attempts: a new worker leases everything before it runs
/// it, so that a task which kills its workers is counted as lost.
final class Pace {
  private static final int TO_BE_SURE = 20;
  private static final Duration QUICK = Duration.ofMillis(5);
  private static final double WEIGHT_OF_LAST = 0.1;

  private final Map<String, Average> byType = new ConcurrentHashMap<>();

  private record Average(int seen, double nanos) {
    Average and(long took) {
      return new Average(Math.min(seen + 1, TO_BE_SURE), nanos + WEIGHT_OF_LAST * (took - nanos));
    }

    boolean quick() {
      return seen >= TO_BE_SURE && nanos < QUICK.toNanos();
    }
  }

  void took(String type, long nanos) {
    byType.merge(type, new Average(1, nanos), (known, _) -> known.and(nanos));
  }

  /// Whether all of these will likely end in the blink of an eye.
  boolean quick(List<Lease> leases) {
    String last = "";
    for (Lease lease : leases) {
      if (!lease.type().equals(last)) {
        last = lease.type();
        Average average = byType.get(last);
        if (average == null || !average.quick()) {
          return false;
        }
      }
    }
    return true;
  }
}
