package dev.errand.server.compat.researches;

import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskStatus;
import org.jspecify.annotations.Nullable;

/// How researches stand, in the words that these doors share.
final class ResearchWords {
  private ResearchWords() {}

  /// One of `pending queued running completed failed`.
  static String status(TaskStatus status) {
    return switch (status) {
      case PENDING -> "pending";
      case QUEUED, RETRYING -> "queued";
      case RUNNING -> "running";
      case COMPLETED -> "completed";
      case FAILED, CANCELLED -> "failed";
    };
  }

  /// Why the task has the status `failed`, or why its latest attempt failed; absent for others.
  static @Nullable String errorMessage(Task task) {
    if (task.status() == TaskStatus.CANCELLED) {
      return "The research was cancelled.";
    }
    return task.error() == null ? null : task.error().message();
  }
}
