package dev.errand.testkit.contract;

import dev.errand.engine.schedule.Misfire;
import dev.errand.engine.schedule.Overlap;
import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.TaskTemplate;
import dev.errand.engine.schedule.Timing;
import dev.errand.engine.task.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Schedules of which a test says only what matters to it.
final class ScheduleDrafts {
  private static final Timing DAILY =
      new Timing("30 2 * * *", "Europe/Berlin", Overlap.SKIP, Misfire.ONCE);

  private ScheduleDrafts() {}

  static Schedule daily(String owner, Instant now, @Nullable Instant next) {
    return with(DAILY, owner, now, next);
  }

  static Schedule with(Timing timing, String owner, Instant now, @Nullable Instant next) {
    return new Schedule(
        ScheduleId.next(),
        owner,
        "Every night",
        timing,
        task("{\"msg\": \"Grüße\"}"),
        next == null,
        next,
        0,
        now,
        now,
        null);
  }

  static Schedule due(Schedule schedule, @Nullable Instant next) {
    return new Schedule(
        schedule.id(),
        schedule.owner(),
        schedule.name(),
        schedule.timing(),
        schedule.task(),
        next == null,
        next,
        schedule.revision(),
        schedule.createdAt(),
        schedule.updatedAt(),
        schedule.lastRun());
  }

  static TaskTemplate task(String params) {
    return new TaskTemplate(
        "echo",
        params,
        "night",
        Priority.LOW,
        Duration.ofMinutes(7),
        5,
        List.of("a", "b, c"),
        null);
  }
}
