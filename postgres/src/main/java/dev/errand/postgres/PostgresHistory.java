package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// Events and logs on PostgreSQL.
public final class PostgresHistory implements History {
  /// The event that said that an attempt started, of the row of its task in the named table.
  static final String STARTED =
      """
      SELECT task_id, started_event, 'started', leased_at,
             json_build_object('attempt', attempt, 'worker', worker)::text
        FROM %s WHERE started_event IS NOT NULL\
      """;

  /// Some events have no row of their own, see the view; those that have may be many.
  private static final String EVENTS =
      """
      SELECT number, type, at, data FROM task_events_without_rows WHERE task_id = ? AND number > ?
      UNION ALL
      (SELECT number, type, at, data FROM events
        WHERE task_id = ? AND number > ? ORDER BY number LIMIT ?)
       ORDER BY number LIMIT ?
      """;

  private static final String LATEST =
      """
      SELECT number, type, at, data FROM task_events
       WHERE task_id = ? AND type = ? ORDER BY number DESC LIMIT 1
      """;

  private static final String LOG =
      """
      SELECT number, at, level, line FROM log_lines
       WHERE task_id = ? AND number > ? ORDER BY number LIMIT ?
      """;

  private static final String OPEN = "SELECT EXISTS (SELECT FROM open_tasks WHERE task_id = ?)";

  private final Database database;

  public PostgresHistory(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public List<Event> events(TaskId task, long after, int limit) {
    return database.query(
        EVENTS, PostgresHistory::event, task.value(), after, task.value(), after, limit, limit);
  }

  @Override
  public Optional<Event> latest(TaskId task, String type) {
    return database.queryOne(LATEST, PostgresHistory::event, task.value(), type);
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

  @Override
  public boolean ended(TaskId task) {
    return !database.yes(OPEN, task.value());
  }

  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getLong("number"), row.getString("type"), instant(row, "at"), row.getString("data"));
  }
}
