package dev.errand.engine.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task as it stands now.
///
/// @param progress percent, 0 to 100
/// @param currentStep the step that runs now, absent between steps
/// @param steps finished steps in the order in which they finished
/// @param attempt number of the latest attempt, 0 before the first
/// @param dueAt when it may start, or start again
/// @param expiresAt when it fails unless an attempt was started before; absent for never, and from
///   the first start on
/// @param startedAt when the first attempt started
/// @param result JSON text, present once completed
public record Task(
    TaskId id,
    String owner,
    String type,
    TaskStatus status,
    String params,
    String queue,
    Priority priority,
    List<String> tags,
    int progress,
    @Nullable String currentStep,
    List<FinishedStep> steps,
    int attempt,
    int maxRetries,
    Duration timeout,
    boolean cancelRequested,
    Instant createdAt,
    Instant updatedAt,
    Instant dueAt,
    @Nullable Instant expiresAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String result,
    @Nullable TaskError error,
    String traceId) {

  public Task {
    tags = List.copyOf(tags);
    steps = List.copyOf(steps);
  }

  /// A step that later attempts will not run again.
  public record FinishedStep(String name, Instant finishedAt) {}
}
