package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.Feed;
import dev.errand.engine.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// What happens to all tasks of an owner, on PostgreSQL.
public final class PostgresFeed implements Feed {
  /// Every event before this moment is committed or never will be. Asked in a statement of its own:
  /// what is read afterwards has a later snapshot. A transaction without an id that has lasted for
  /// ten seconds only reads, as a backup does; ours write in their first statement.
  private static final String SETTLED =
      """
      SELECT least(min(xact_start), clock_timestamp() - ? * interval '1 microsecond') AS settled
        FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND backend_type = 'client backend'
         AND (backend_xid IS NOT NULL OR xact_start > clock_timestamp() - interval '10 seconds')
      """;

  /// Of the tasks that have changed since, the events behind the place. Two transactions that began
  /// within seconds may have written a task's events in the other order: the ten seconds before the
  /// place say which events come after which.
  private static final String READ =
      """
      WITH changed AS (
        SELECT task_id FROM open_tasks
         WHERE owner = ? AND updated_at >= ? AND type <> 'webhook_delivery'
        UNION ALL
        SELECT task_id FROM ended_tasks
         -- Not by the index of owners, which holds all that ever ended.
         WHERE owner || '' = ? AND finished_at >= ? AND type <> 'webhook_delivery'),
      placed AS (
        SELECT e.*, max(e.at) OVER (PARTITION BY e.task_id ORDER BY e.number) AS place
          FROM changed c
         CROSS JOIN LATERAL (
               SELECT w.task_id, w.number, w.type, w.at, w.data
                 FROM task_events_without_rows w
                WHERE w.task_id = c.task_id AND w.at >= ?::timestamptz - interval '10 seconds'
               UNION ALL
               SELECT r.task_id, r.number, r.type, r.at, r.data
                 FROM events r
                WHERE r.task_id = c.task_id AND r.at >= ?::timestamptz - interval '10 seconds') e)
      SELECT task_id, number, type, at, data, place
        FROM placed
       WHERE place < ? AND (place, task_id, number) > (?::timestamptz, ?::uuid, ?::bigint)
       ORDER BY place, task_id, number
       LIMIT ?
      """;

  private final Database database;

  public PostgresFeed(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public Place end() {
    return Place.before(settled());
  }

  private Instant settled() {
    return database
        .query(SETTLED, row -> instant(row, "settled"), Database.microseconds(MARGIN))
        .getFirst();
  }

  @Override
  public List<OwnEvent> read(String owner, Place after, int limit) {
    Instant settled = settled();
    if (!settled.isAfter(after.at())) {
      return List.of();
    }
    return database.query(
        READ,
        row ->
            new OwnEvent(
                new Place(
                    instant(row, "place"),
                    new TaskId(row.getObject("task_id", UUID.class)),
                    row.getLong("number")),
                new Event(
                    row.getLong("number"),
                    row.getString("type"),
                    instant(row, "at"),
                    row.getString("data"))),
        owner,
        after.at(),
        owner,
        after.at(),
        after.at(),
        after.at(),
        settled,
        after.at(),
        after.task().value(),
        after.number(),
        limit);
  }
}
