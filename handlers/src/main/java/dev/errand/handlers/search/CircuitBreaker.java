package dev.errand.handlers.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Leaves a provider alone that has failed several times in a row, and then lets one call try
/// whether it is well again. Thread-safe.
final class CircuitBreaker {
  private static final int ENOUGH = 5;
  private static final Duration REST = Duration.ofSeconds(30);

  private int failures;
  private Instant restsUntil = Instant.MIN;

  /// How much longer it is left alone; empty when a call may be made.
  synchronized Optional<Duration> rest(Instant now) {
    if (failures < ENOUGH) {
      return Optional.empty();
    }
    if (restsUntil.isAfter(now)) {
      return Optional.of(Duration.between(now, restsUntil));
    }
    // This call tries; the others wait for what becomes of it.
    restsUntil = now.plus(REST);
    return Optional.empty();
  }

  synchronized void went(boolean well, Instant now) {
    if (well) {
      failures = 0;
      return;
    }
    failures++;
    if (failures >= ENOUGH) {
      restsUntil = now.plus(REST);
    }
  }
}
