package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;
import static dev.errand.postgres.Database.instantOrNull;

import dev.errand.engine.schedule.Misfire;
import dev.errand.engine.schedule.Overlap;
import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.schedule.TaskTemplate;
import dev.errand.engine.schedule.Timing;
import dev.errand.engine.task.Priority;
import dev.errand.engine.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads schedules and their runs from rows.
final class ScheduleRow {
  /// The columns of a schedule `s` and of a run `r` of its.
  static final String COLUMNS =
      """
      s.id, s.owner, s.name, s.cron, s.time_zone, s.overlap, s.misfire, s.type, s.params, s.queue,
      s.priority, s.tags, s.timeout_ms, s.max_retries, s.paused, s.next_at, s.revision,
      s.created_at, s.updated_at, s.callback_url,
      r.schedule_id, r.moment, r.triggered, r.status, r.task_id, r.note
      """;

  /// Schedules with their latest runs.
  static final String SELECT =
      """
      SELECT %s
        FROM schedules s
        LEFT JOIN LATERAL (
          SELECT * FROM schedule_runs
           WHERE schedule_id = s.id
           ORDER BY moment DESC, triggered DESC LIMIT 1) r ON true
      """
          .formatted(COLUMNS);

  private ScheduleRow() {}

  static Schedule schedule(ResultSet row) throws SQLException {
    return new Schedule(
        new ScheduleId(row.getObject("id", UUID.class)),
        row.getString("owner"),
        row.getString("name"),
        new Timing(
            row.getString("cron"),
            row.getString("time_zone"),
            Overlap.of(row.getString("overlap")).orElseThrow(),
            Misfire.of(row.getString("misfire")).orElseThrow()),
        new TaskTemplate(
            row.getString("type"),
            row.getString("params"),
            row.getString("queue"),
            Priority.ofRank(row.getInt("priority")),
            Duration.ofMillis(row.getLong("timeout_ms")),
            row.getInt("max_retries"),
            List.of((String[]) row.getArray("tags").getArray()),
            row.getString("callback_url")),
        row.getBoolean("paused"),
        instantOrNull(row, "next_at"),
        row.getLong("revision"),
        instant(row, "created_at"),
        instant(row, "updated_at"),
        runOrNull(row));
  }

  static ScheduleRun run(ResultSet row) throws SQLException {
    return Objects.requireNonNull(runOrNull(row));
  }

  private static @Nullable ScheduleRun runOrNull(ResultSet row) throws SQLException {
    UUID schedule = row.getObject("schedule_id", UUID.class);
    if (schedule == null) {
      return null;
    }
    UUID task = row.getObject("task_id", UUID.class);
    return new ScheduleRun(
        new ScheduleId(schedule),
        instant(row, "moment"),
        row.getBoolean("triggered"),
        ScheduleRun.Status.of(row.getString("status")),
        task == null ? null : new TaskId(task),
        row.getString("note"));
  }
}
