package dev.errand.engine.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where a task stands. The words are the API's.
public enum TaskStatus {
  /// Accepted and durable, not yet due.
  PENDING,
  /// Due, waiting for a worker.
  QUEUED,
  /// An attempt holds a lease.
  RUNNING,
  /// An attempt failed, the next one is scheduled.
  RETRYING,
  COMPLETED,
  FAILED,
  CANCELLED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// Whether the task has ended; only an explicit retry leads out of such a status.
  public boolean terminal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }

  /// The status of a word as the API spells it, empty for any other word.
  public static Optional<TaskStatus> of(String word) {
    return Arrays.stream(values()).filter(status -> status.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
