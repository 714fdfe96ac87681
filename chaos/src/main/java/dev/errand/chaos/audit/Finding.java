package dev.errand.chaos.audit;

import java.util.Optional;

/// Something that should not have happened, and the task it happened to.
public record Finding(Kind kind, String what, Optional<TaskRecord> record) {
  public enum Kind {
    /// Accepted, and it did not end.
    LOST,
    /// A task that nobody was promised, or two for one key.
    DUPLICATE,
    /// Something followed its end that nobody asked for.
    ENDED_TWICE,
    /// Something was written by an attempt that held no lease.
    STALE_ACCEPTED,
    /// A step began under a lease although it was finished.
    STEP_RUN_AGAIN,
    /// Not a broken promise: nobody can take the floor from under an attempt whose process is
    /// paused between hearing that it may begin a step and beginning it.
    STEP_BEGUN_TOO_LATE,
    NUMBERS_WRONG,
    /// One event or log line was stored twice.
    SAID_TWICE,
    /// It ended otherwise than its handler, or whoever cancelled it, gives reason for.
    FAILED,
    /// A server that was stopped in good order did not give an attempt back.
    DRAIN_BURNT,
    /// A follower missed an event, or got one twice.
    FOLLOWED_WRONG,
    /// Something is still there after everything has ended.
    LEFT_OVER;

    public boolean breaksAPromise() {
      return this != STEP_BEGUN_TOO_LATE;
    }
  }

  @Override
  public String toString() {
    return "%s: %s\n%s".formatted(kind, what, record.map(TaskRecord::toString).orElse(""));
  }
}
