package dev.errand.handlers.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Stops calls to a provider that failed several times in a row; after a while it lets one call
/// through to see whether the provider works again. Thread-safe.
final class CircuitBreaker {
  private static final int ENOUGH = 5;
  private static final Duration REST = Duration.ofSeconds(30);

  private int failures;
  private Instant restsUntil = Instant.MIN;

  /// How much longer no call may be made; empty when one may.
  synchronized Optional<Duration> rest(Instant now) {
    if (failures < ENOUGH) {
      return Optional.empty();
    }
    if (restsUntil.isAfter(now)) {
      return Optional.of(Duration.between(now, restsUntil));
    }
    // This call is the trial; the others wait for its outcome.
    restsUntil = now.plus(REST);
    return Optional.empty();
  }

  synchronized void record(boolean success, Instant now) {
    if (success) {
      failures = 0;
      return;
    }
    failures++;
    if (failures >= ENOUGH) {
      restsUntil = now.plus(REST);
    }
  }
}
