package dev.errand.engine.lease;

import dev.errand.engine.task.TaskError;
import java.time.Duration;

/// How an attempt ended; decides the task's next status.
public sealed interface Outcome {

  /// @param result JSON text
  record Completed(String result) implements Outcome {}

  /// The attempt failed and another one follows after `delay`.
  record Retrying(TaskError error, Duration delay) implements Outcome {}

  record Failed(TaskError error) implements Outcome {}

  record Cancelled() implements Outcome {}

  /// The worker shuts down and gives the task back; uses up no attempt.
  record Released() implements Outcome {}
}
