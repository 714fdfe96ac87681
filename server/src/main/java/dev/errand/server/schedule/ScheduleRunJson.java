package dev.errand.server.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.schedule.ScheduleRun.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run as the API shows it.
///
/// @param dueAt the moment it is for, or when it was triggered
/// @param taskId present once it was submitted
/// @param reason why it was skipped, or whatever else is worth knowing
public record ScheduleRunJson(
    String scheduleId,
    Instant dueAt,
    boolean triggered,
    String status,
    @Nullable String taskId,
    @Nullable String reason,
    Links links) {

  static ScheduleRunJson of(ScheduleRun run) {
    String task = run.status() == Status.SUBMITTED ? String.valueOf(run.task()) : null;
    return new ScheduleRunJson(
        run.schedule().toString(),
        run.moment(),
        run.triggered(),
        run.status().toString(),
        task,
        run.note(),
        new Links("/schedules/" + run.schedule(), task == null ? null : "/tasks/" + task));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Links(String schedule, @Nullable String task) {}
}
