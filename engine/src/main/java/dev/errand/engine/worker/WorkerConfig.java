package dev.errand.engine.worker;

import java.time.Duration;

/// How a worker takes work.
///
/// @param concurrency attempts run at once, 1 to [#MAX_CONCURRENCY]
/// @param leaseFor how long a silent worker keeps its tasks, at least 1 second
/// @param grace how long an attempt that was told to stop may take before it is abandoned
/// @param drainFor how long shutdown waits for running attempts before it gives them back
public record WorkerConfig(int concurrency, Duration leaseFor, Duration grace, Duration drainFor) {
  public static final int MAX_CONCURRENCY = 10_000;

  public static final WorkerConfig DEFAULTS =
      new WorkerConfig(64, Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(20));

  public WorkerConfig {
    check(
        concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
        "concurrency must be 1 to " + MAX_CONCURRENCY);
    check(leaseFor.compareTo(Duration.ofSeconds(1)) >= 0, "leaseFor must be 1 second or more");
    check(!grace.isNegative(), "grace must not be negative");
    check(!drainFor.isNegative(), "drainFor must not be negative");
  }

  public WorkerConfig withConcurrency(int attempts) {
    return new WorkerConfig(attempts, leaseFor, grace, drainFor);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("Worker: " + message);
    }
  }
}
