package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;
import static dev.errand.postgres.Database.instantOrNull;

import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads why a task waits, and how long such tasks take.
final class TaskOutlook {
  /// Every part of it is an index scan with a bound; of a running task most of them are left out.
  static final String SELECT =
      """
      WITH usual AS (
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds
          FROM (SELECT extract(epoch FROM finished_at - coalesce(leased_at, started_at)) AS seconds
                  FROM (SELECT e.task_id, e.type, e.outcome, e.finished_at, e.leased_at, e.started_at
                          FROM ended_tasks e
                         WHERE e.owner = (SELECT owner FROM open_tasks WHERE task_id = ?)
                         ORDER BY e.task_id DESC
                         LIMIT 1000) AS recent
                 WHERE type = (SELECT type FROM open_tasks WHERE task_id = ?)
                   AND outcome = 'completed'
                 ORDER BY task_id DESC
                 LIMIT 50) AS alike)
      SELECT now() AS now, o.queue, o.type, o.concurrency_key, o.leased_at, o.due_at,
             o.due_at > now() AS early, o.error_code IS NOT NULL AS failed,
             coalesce(q.paused, false) AS paused, q.concurrency_limit,
             coalesce(q.key_limit, 1) AS key_limit, usual.seconds AS usual_seconds,
             CASE WHEN o.lease_token IS NULL AND q.concurrency_limit IS NOT NULL THEN
               (SELECT count(*) FROM open_tasks r
                 WHERE r.queue = o.queue AND r.lease_token IS NOT NULL) END AS running,
             CASE WHEN o.lease_token IS NULL AND o.concurrency_key IS NOT NULL THEN
               (SELECT count(*) FROM open_tasks r
                 WHERE r.queue = o.queue AND r.lane = o.lane AND r.lease_token IS NOT NULL)
             END AS running_with_key,
             CASE WHEN o.lease_token IS NULL THEN
               (SELECT sum(w.concurrency) FROM workers w
                 WHERE w.ended_at IS NULL AND w.expires_at > now() AND o.type = ANY (w.types))
             END AS slots,
             CASE WHEN o.lease_token IS NULL AND o.due_at <= now() THEN
               (SELECT count(*) FROM (
                  SELECT FROM open_tasks b
                   WHERE b.queue = o.queue AND b.lane = o.lane AND b.rank IS NOT NULL
                     AND (b.rank, b.task_id)
                         < (coalesce(o.rank, rank_in_line(o.due_at, o.priority)), o.task_id)
                   LIMIT %d) AS earlier) END AS before
        FROM usual, open_tasks o LEFT JOIN queues q ON q.name = o.queue
       WHERE o.task_id = ?
      """
          .formatted(Waiting.InLine.COUNTED);

  private TaskOutlook() {}

  static Outlook read(ResultSet row) throws SQLException {
    return new Outlook(
        instant(row, "now"),
        instantOrNull(row, "leased_at") == null ? waiting(row) : null,
        instantOrNull(row, "leased_at"),
        usual(row));
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    if (row.getBoolean("early")) {
      return row.getBoolean("failed")
          ? new Waiting.RetryBackoff(instant(row, "due_at"))
          : new Waiting.NotDue(instant(row, "due_at"));
    }
    if (row.getBoolean("paused")) {
      return new Waiting.QueuePaused(row.getString("queue"));
    }
    if (row.getObject("slots") == null) {
      return new Waiting.NoWorkerForType(row.getString("type"));
    }
    // A limit that is absent reads as 0.
    int limit = row.getInt("concurrency_limit");
    if (limit > 0 && row.getInt("running") >= limit) {
      return new Waiting.QueueLimit(row.getString("queue"), limit);
    }
    String key = row.getString("concurrency_key");
    int keyLimit = row.getInt("key_limit");
    if (key != null && row.getInt("running_with_key") >= keyLimit) {
      return new Waiting.ConcurrencyKey(key, keyLimit);
    }
    return new Waiting.InLine(row.getInt("before"), row.getInt("slots"));
  }

  private static @Nullable Duration usual(ResultSet row) throws SQLException {
    double seconds = row.getDouble("usual_seconds");
    return row.wasNull() ? null : Duration.ofNanos(Math.round(seconds * 1e6) * 1000);
  }
}
