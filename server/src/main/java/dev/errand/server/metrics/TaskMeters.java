package dev.errand.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What tasks go through in this process. A type that no handler here knows counts as `(other)`:
/// there are no more series than types. Thread-safe; a record takes some tens of nanoseconds.
public final class TaskMeters {
  /// No type and no queue can have this name.
  static final String OTHER = "(other)";

  private static final Duration[] BUCKETS =
      List.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 600_000)
          .stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Map<String, OfType> byType = new HashMap<>();
  private final OfType other;

  /// From the moment a task is due to the start of its attempt.
  final Timer pickUp;

  /// Claims that found something.
  final Counter claims;

  final Counter claimedTasks;
  final Counter rescued;

  private final DistributionSummary submittedTogether;

  /// @param types that are known here
  public TaskMeters(MeterRegistry registry, List<String> types) {
    types.forEach(type -> byType.put(type, new OfType(registry, type)));
    this.other = new OfType(registry, OTHER);
    this.pickUp = timer("errand.pick.up").register(registry);
    this.claims = registry.counter("errand.claims");
    this.claimedTasks = registry.counter("errand.claimed.tasks");
    this.rescued = registry.counter("errand.rescued.tasks");
    this.submittedTogether =
        DistributionSummary.builder("errand.submit.batch.size")
            .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
            .register(registry);
  }

  /// One statement stored so many tasks.
  public void storedTogether(int tasks) {
    submittedTogether.record(tasks);
  }

  OfType of(String type) {
    return byType.getOrDefault(type, other);
  }

  private static Timer.Builder timer(String name) {
    return Timer.builder(name).serviceLevelObjectives(BUCKETS);
  }

  /// What tasks of one type go through.
  static final class OfType {
    final Counter submitted;
    final Counter completed;
    final Counter failed;
    final Counter cancelled;

    /// Attempts whose handler returned.
    final Timer returned;

    /// Attempts whose handler threw.
    final Timer threw;

    /// Attempts that were interrupted: cancelled, out of time, or of a worker that stops.
    final Timer interrupted;

    OfType(MeterRegistry registry, String type) {
      this.submitted = registry.counter("errand.tasks.submitted", "type", type);
      this.completed = ended(registry, type, "completed");
      this.failed = ended(registry, type, "failed");
      this.cancelled = ended(registry, type, "cancelled");
      this.returned = attempts(registry, type, "completed");
      this.threw = attempts(registry, type, "failed");
      this.interrupted = attempts(registry, type, "interrupted");
    }

    private static Counter ended(MeterRegistry registry, String type, String outcome) {
      return registry.counter("errand.tasks.ended", "type", type, "outcome", outcome);
    }

    private static Timer attempts(MeterRegistry registry, String type, String outcome) {
      return timer("errand.attempt").tags("type", type, "outcome", outcome).register(registry);
    }
  }
}
