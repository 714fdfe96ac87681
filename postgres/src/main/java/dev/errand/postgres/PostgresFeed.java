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
      WITH given AS (
        SELECT ?::text AS owner, ?::timestamptz AS at, ?::uuid AS task_id, ?::bigint AS number,
               ?::timestamptz AS settled),
      changed AS (
        SELECT o.task_id FROM given JOIN open_tasks o ON o.owner = given.owner
         WHERE o.updated_at >= given.at AND o.type <> 'webhook_delivery'
        UNION ALL
        SELECT e.task_id FROM given JOIN ended_tasks e ON e.owner = given.owner
         WHERE e.finished_at >= given.at AND e.type <> 'webhook_delivery'),
      placed AS (
        SELECT e.*, max(e.at) OVER (PARTITION BY e.task_id ORDER BY e.number) AS place
          FROM given, changed c
         CROSS JOIN LATERAL (
               SELECT w.task_id, w.number, w.type, w.at, w.data
                 FROM task_events_without_rows w
                WHERE w.task_id = c.task_id AND w.at >= given.at - interval '10 seconds'
               UNION ALL
               SELECT r.task_id, r.number, r.type, r.at, r.data
                 FROM events r
                WHERE r.task_id = c.task_id AND r.at >= given.at - interval '10 seconds') e)
      SELECT p.task_id, p.number, p.type, p.at, p.data, p.place
        FROM placed p, given
       WHERE p.place < given.settled
         AND (p.place, p.task_id, p.number) > (given.at, given.task_id, given.number)
       ORDER BY p.place, p.task_id, p.number
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
        .query(SETTLED, row -> instant(row, "settled"), MARGIN.toNanos() / 1_000)
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
        after.task().value(),
        after.number(),
        settled,
        limit);
  }
}
