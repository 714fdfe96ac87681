package dev.errand.engine.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before another attempt: exponential with full jitter, so that tasks which
/// failed together do not come back together.
///
/// @param first upper bound of the wait after the first failure; it doubles with every further one
/// @param most upper bound of every wait
/// @see <a
///   href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
///   backoff and jitter</a>
record Backoff(Duration first, Duration most) {
  static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10));

  /// @param failures how many attempts have failed, this one included, 1 or more
  /// @param atLeast what the failing service asked for, zero when it asked for nothing
  Duration delay(int failures, Duration atLeast, RandomGenerator random) {
    int doublings = Math.min(failures - 1, 30);
    long bound = Math.min(most.toMillis(), first.toMillis() << doublings);
    Duration jittered = Duration.ofMillis(random.nextLong(bound + 1));
    return jittered.compareTo(atLeast) < 0 ? atLeast : jittered;
  }
}
