package dev.errand.handlers.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Stops calls to a provider that failed several times in a row; after a while it lets one call
/// through to see whether the provider works again. Thread-safe.
final class CircuitBreaker {
  private static final int THRESHOLD = 5;
  private static final Duration OPEN_FOR = Duration.ofSeconds(30);

  private int failures;
  private Instant openUntil = Instant.MIN;

  /// How much longer no call may be made; empty when one may.
  synchronized Optional<Duration> openFor(Instant now) {
    if (failures < THRESHOLD) {
      return Optional.empty();
    }
    if (openUntil.isAfter(now)) {
      return Optional.of(Duration.between(now, openUntil));
    }
    // This call is the trial; the others wait for its outcome.
    openUntil = now.plus(OPEN_FOR);
    return Optional.empty();
  }

  synchronized void record(boolean success, Instant now) {
    if (success) {
      failures = 0;
      return;
    }
    failures++;
    if (failures >= THRESHOLD) {
      openUntil = now.plus(OPEN_FOR);
    }
  }
}
