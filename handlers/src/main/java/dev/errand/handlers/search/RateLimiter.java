package dev.errand.handlers.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Gives each call a turn: one per interval, and none during a pause. Thread-safe.
final class RateLimiter {
  private final Duration interval;
  private Instant next = Instant.MIN;

  RateLimiter(Duration interval) {
    this.interval = interval;
  }

  /// Takes the next turn.
  ///
  /// @return the wait until then; empty when it would be longer than `most`: then no turn is taken
  synchronized Optional<Duration> take(Instant now, Duration most) {
    Duration wait = wait(now);
    if (wait.compareTo(most) > 0) {
      return Optional.empty();
    }
    next = now.plus(wait).plus(interval);
    return Optional.of(wait);
  }

  /// The wait until the next turn.
  synchronized Duration wait(Instant now) {
    return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
  }

  /// Gives no turn before `pause` is over.
  synchronized void pause(Instant now, Duration pause) {
    Instant end = now.plus(pause);
    next = end.isAfter(next) ? end : next;
  }
}
