package dev.errand.engine.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rule that submits tasks, as it stands now.
///
/// @param name for people; need not be unique
/// @param next the moment that is due next, absent while it is paused
/// @param revision counts its changes, each due moment being one
/// @param lastRun the run of the latest moment, absent before the first
public record Schedule(
    ScheduleId id,
    String owner,
    String name,
    Timing timing,
    TaskTemplate task,
    boolean paused,
    @Nullable Instant next,
    long revision,
    Instant createdAt,
    Instant updatedAt,
    @Nullable ScheduleRun lastRun) {

  /// The next moments, `count` of them; none while it is paused.
  public List<Instant> nextMoments(int count) {
    return next == null ? List.of() : timing.rhythm().from(next).limit(count).toList();
  }

  Schedule changed(String newName, Timing newTiming, TaskTemplate newTask, Instant now) {
    return new Schedule(
        id, owner, newName, newTiming, newTask, paused, next, revision, createdAt, now, lastRun);
  }

  Schedule due(boolean nowPaused, @Nullable Instant moment, Instant now) {
    return new Schedule(
        id, owner, name, timing, task, nowPaused, moment, revision, createdAt, now, lastRun);
  }

  /// This schedule after a change, with `moment` being due next.
  public Schedule revised(@Nullable Instant moment) {
    return new Schedule(
        id, owner, name, timing, task, paused, moment, revision + 1, createdAt, updatedAt, lastRun);
  }

  public Schedule withLastRun(@Nullable ScheduleRun run) {
    return new Schedule(
        id, owner, name, timing, task, paused, next, revision, createdAt, updatedAt, run);
  }
}
