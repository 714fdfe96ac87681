package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.task.TaskId;
import java.util.List;
import javax.sql.DataSource;

/// Events and logs on PostgreSQL.
public final class PostgresHistory implements History {
  /// The first event is the submission, which needs no row of its own.
  private static final String EVENTS =
      """
      SELECT 1 AS number, 'queued' AS type, created_at AS at,
             CASE WHEN due_at > created_at
                  THEN jsonb_build_object('due_at',
                       to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
                  ELSE '{}' END AS data
        FROM tasks WHERE id = ? AND ? < 1
      UNION ALL
      (SELECT number, type, at, data FROM events
        WHERE task_id = ? AND number > ? ORDER BY number LIMIT ?)
       ORDER BY number LIMIT ?
      """;

  private static final String LOG =
      """
      SELECT number, at, level, line FROM log_lines
       WHERE task_id = ? AND number > ? ORDER BY number LIMIT ?
      """;

  private final Database database;

  public PostgresHistory(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public List<Event> events(TaskId task, long after, int limit) {
    return database.query(
        EVENTS,
        row ->
            new Event(
                row.getLong("number"),
                row.getString("type"),
                instant(row, "at"),
                row.getString("data")),
        task.value(),
        after,
        task.value(),
        after,
        limit,
        limit);
  }

  @Override
  public List<Line> log(TaskId task, long after, int limit) {
    return database.query(
        LOG,
        row ->
            new Line(
                row.getLong("number"),
                new LogLine(
                    instant(row, "at"),
                    LogLine.Level.valueOf(row.getString("level")),
                    row.getString("line"))),
        task.value(),
        after,
        limit);
  }
}
