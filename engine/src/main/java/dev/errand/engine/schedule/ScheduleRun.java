package dev.errand.engine.schedule;

import dev.errand.engine.task.TaskId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What became of one moment of a schedule. There is one run at most for each due moment.
///
/// @param moment when it was due, or when it was triggered
/// @param triggered whether somebody asked for it, beside the rhythm
/// @param task the task that is or will be submitted for it, absent when it was skipped
/// @param note why it was skipped, or whatever else is worth knowing
public record ScheduleRun(
    ScheduleId schedule,
    Instant moment,
    boolean triggered,
    Status status,
    @Nullable TaskId task,
    @Nullable String note) {

  public enum Status {
    /// Decided, and to be submitted: at once, or when the former task has ended.
    WAITING,
    SUBMITTED,
    SKIPPED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The status of a word as [#toString] spells it.
    public static Status of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
      return word;
    }
  }

  static ScheduleRun waiting(ScheduleId schedule, Instant moment, @Nullable String note) {
    return new ScheduleRun(schedule, moment, false, Status.WAITING, TaskId.next(), note);
  }

  static ScheduleRun skipped(ScheduleId schedule, Instant moment, String why) {
    return new ScheduleRun(schedule, moment, false, Status.SKIPPED, null, why);
  }

  static ScheduleRun triggered(ScheduleId schedule, Instant moment) {
    return new ScheduleRun(schedule, moment, true, Status.WAITING, TaskId.next(), null);
  }

  ScheduleRun submitted(TaskId as) {
    return new ScheduleRun(schedule, moment, triggered, Status.SUBMITTED, as, note);
  }
}
