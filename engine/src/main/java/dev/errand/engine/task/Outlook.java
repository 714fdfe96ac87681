package dev.errand.engine.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of the near future of a task that has not ended.
///
/// @param now the present, by the store's clock
/// @param waiting why it does not run, absent while it runs
/// @param attemptStartedAt when the running attempt started, absent while none runs
/// @param usual how long such tasks of its owner take, absent where none was completed lately
public record Outlook(
    Instant now,
    @Nullable Waiting waiting,
    @Nullable Instant attemptStartedAt,
    @Nullable Duration usual) {
  /// Less progress tells too little.
  private static final int TELLING_PROGRESS = 5;

  /// When `task` should have ended; empty when nobody can tell.
  ///
  /// An attempt that takes longer than expected should end at any moment.
  public Optional<Instant> expectedEnd(Task task) {
    return Optional.ofNullable(waiting == null ? endOfAttempt(task) : endAfter(waiting, task))
        .map(end -> end.isBefore(now) ? now : end);
  }

  private @Nullable Instant endOfAttempt(Task task) {
    Instant started = attemptStartedAt;
    if (started == null) {
      return null;
    }
    // Of a later attempt, nobody knows where its progress began.
    if (task.attempt() == 1 && task.progress() > TELLING_PROGRESS) {
      Duration soFar = Duration.between(started, task.updatedAt());
      return started.plus(soFar.multipliedBy(100).dividedBy(task.progress()));
    }
    return usual == null ? null : started.plus(usual);
  }

  private @Nullable Instant endAfter(Waiting reason, Task task) {
    if (usual == null) {
      return null;
    }
    Instant start =
        switch (reason) {
          case Waiting.NotDue(var until) -> until;
          case Waiting.RetryBackoff(var until) -> until;
          case Waiting.InLine(var before, var slots) ->
              now.plus(usual.multipliedBy(before / Math.max(slots, 1)));
          case Waiting.QueuePaused _,
              Waiting.NoWorkerForType _,
              Waiting.QueueLimit _,
              Waiting.ConcurrencyKey _ ->
              null;
        };
    if (start == null) {
      return null;
    }
    Instant expiry = task.expiresAt();
    return expiry != null && start.isAfter(expiry) ? expiry : start.plus(usual);
  }
}
