package dev.errand.server.limits;

import dev.errand.engine.access.Caller;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.problem.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many tasks a user may submit a minute (`TASKS_PER_MINUTE`), counted by this process.
///
/// Tasks may be saved up for a burst, to as many as a whole minute allows. Thread-safe.
public final class SubmissionRate {
  private final int tasksPerMinute;
  private final Map<String, Bucket> byUser = new ConcurrentHashMap<>();

  public SubmissionRate(Limits limits) {
    this.tasksPerMinute = limits.tasksPerMinute();
  }

  /// Counts one submission of `caller`.
  ///
  /// @throws Problem.Refused when it is one too many
  public void count(Caller caller) {
    count(caller, 1);
  }

  /// Counts `tasks` that `caller` submits together: all of them or none.
  ///
  /// @throws Problem.Refused when they are too many
  public void count(Caller caller, int tasks) {
    if (tasks > tasksPerMinute) {
      throw new Problem.BatchBeyondRate(tasksPerMinute).refused();
    }
    Bucket bucket = byUser.computeIfAbsent(caller.user(), _ -> full());
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(tasks);
    if (!probe.isConsumed()) {
      throw new Problem.RateLimited(Duration.ofNanos(probe.getNanosToWaitForRefill())).refused();
    }
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(limit ->
            limit.capacity(tasksPerMinute).refillGreedy(tasksPerMinute, Duration.ofMinutes(1)))
        .build();
  }
}
