package dev.errand.postgres;

import dev.errand.engine.queue.Queue;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.queue.QueueStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// Queues on PostgreSQL. What was decided is in a row for each queue; claims read it.
public final class PostgresQueues implements QueueStore {
  private static final String ALL =
      """
      SELECT name, coalesce(q.paused, false) AS paused, q.concurrency_limit,
             coalesce(q.key_limit, 1) AS key_limit,
             coalesce(o.waiting, 0) AS waiting, coalesce(o.later, 0) AS later,
             coalesce(o.running, 0) AS running
        FROM queues q
        FULL JOIN (
             SELECT queue AS name,
                    count(*) FILTER (WHERE lease_token IS NULL AND due_at <= now()) AS waiting,
                    count(*) FILTER (WHERE lease_token IS NULL AND due_at > now()) AS later,
                    count(lease_token) AS running
               FROM open_tasks GROUP BY queue) o USING (name)
       ORDER BY name
      """;

  private static final String SET_PAUSED =
      """
      INSERT INTO queues (name, paused) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET paused = excluded.paused, updated_at = now()
      """;

  private static final String LIMIT =
      """
      INSERT INTO queues (name, concurrency_limit, key_limit) VALUES (?, ?, ?)
          ON CONFLICT (name) DO UPDATE
         SET concurrency_limit = excluded.concurrency_limit, key_limit = excluded.key_limit,
             updated_at = now()
      """;

  private final Database database;

  public PostgresQueues(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public List<Queue> all() {
    return database.query(ALL, PostgresQueues::read);
  }

  private static Queue read(ResultSet row) throws SQLException {
    return new Queue(
        row.getString("name"),
        row.getBoolean("paused"),
        new Limit((Integer) row.getObject("concurrency_limit"), row.getInt("key_limit")),
        row.getLong("waiting"),
        row.getLong("later"),
        row.getLong("running"));
  }

  @Override
  public void pause(String name) {
    database.update(SET_PAUSED, name, true);
  }

  @Override
  public void resume(String name) {
    database.update(SET_PAUSED, name, false);
  }

  @Override
  public void limit(String name, Limit limit) {
    database.update(LIMIT, name, limit.all(), limit.sameKey());
  }
}
