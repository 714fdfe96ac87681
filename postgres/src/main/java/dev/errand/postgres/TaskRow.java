package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;
import static dev.errand.postgres.Database.instantOrNull;

import dev.errand.engine.task.Priority;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.Task.FinishedStep;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a task is read: one row that joins what was asked, how it stands and which steps it
/// finished.
final class TaskRow {
  static final String SELECT =
      """
      SELECT t.id, t.owner, t.type, t.status, t.params, t.queue, t.priority, t.tags, t.timeout_ms,
             t.max_retries, t.trace_id, t.created_at, t.due_at, t.started_at, t.finished_at,
             t.expires_at, t.updated_at, t.attempt, t.progress, t.current_step, t.cancel_requested, t.result,
             t.error_code, t.error_message, t.error_trace,
             s.names AS step_names, s.times AS step_times
        FROM tasks t
        LEFT JOIN LATERAL (
             SELECT array_agg(name ORDER BY finished_at, name) AS names,
                    array_agg(to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                              ORDER BY finished_at, name) AS times
               FROM steps WHERE steps.task_id = t.id) s ON true
      """;

  private TaskRow() {}

  static Task read(ResultSet row) throws SQLException {
    return new Task(
        new TaskId(row.getObject("id", UUID.class)),
        row.getString("owner"),
        row.getString("type"),
        TaskStatus.of(row.getString("status")).orElseThrow(),
        row.getString("params"),
        row.getString("queue"),
        Priority.ofRank(row.getInt("priority")),
        tags(row),
        row.getInt("progress"),
        row.getString("current_step"),
        steps(row),
        row.getInt("attempt"),
        row.getInt("max_retries"),
        Duration.ofMillis(row.getLong("timeout_ms")),
        row.getBoolean("cancel_requested"),
        instant(row, "created_at"),
        instant(row, "updated_at"),
        instant(row, "due_at"),
        instantOrNull(row, "expires_at"),
        instantOrNull(row, "started_at"),
        instantOrNull(row, "finished_at"),
        row.getString("result"),
        error(row),
        row.getString("trace_id"));
  }

  static @Nullable TaskError error(ResultSet row) throws SQLException {
    String code = row.getString("error_code");
    return code == null
        ? null
        : new TaskError(code, row.getString("error_message"), row.getString("error_trace"));
  }

  private static List<String> tags(ResultSet row) throws SQLException {
    java.sql.Array tags = row.getArray("tags");
    return tags == null ? List.of() : List.of((String[]) tags.getArray());
  }

  private static List<FinishedStep> steps(ResultSet row) throws SQLException {
    if (row.getArray("step_names") == null) {
      return List.of();
    }
    String[] names = (String[]) row.getArray("step_names").getArray();
    String[] times = (String[]) row.getArray("step_times").getArray();
    List<FinishedStep> steps = new ArrayList<>(names.length);
    for (int i = 0; i < names.length; i++) {
      Instant at = Instant.parse(times[i]);
      steps.add(new FinishedStep(names[i], at));
    }
    return steps;
  }
}
