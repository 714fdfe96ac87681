package dev.errand.postgres;

import dev.errand.engine.lease.Rescued;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.postgres.PostgresOutcomes.Ending;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// Puts the tasks of dead workers back, or ends them. Thread-safe.
final class PostgresRescue {
  /// A task may lose its worker this often; once more and it ends: it may be what kills them.
  private static final int MAX_LOSSES = 10;

  private static final String DECLARE_DEAD =
      """
      UPDATE workers SET ended_at = now()
       WHERE ended_at IS NULL
         AND CASE
             WHEN expires_at < now() THEN true
             -- Its session has ended. One that lost only its connection beats again at once, and after
             -- a restart of the database everybody gets the time to come back. A heartbeat of the future
             -- is from before the clock was set back.
             WHEN heartbeat_at NOT BETWEEN now() - interval '1.3 seconds' AND now() + interval '1 second'
                  AND pg_postmaster_start_time() < now() - interval '2 seconds'
             THEN pg_try_advisory_xact_lock(%d, number)
             ELSE false END
      """
          .formatted(PostgresSession.LOCK_CLASS);

  /// Puts back the tasks of dead workers, however long they have been dead: a claim may have
  /// overtaken the declaration.
  private static final String RESCUE =
      """
      WITH orphan AS (
        SELECT o.task_id, o.lease_token, o.attempt, o.leased_at, o.events, o.started_event,
               w.name AS worker
          FROM workers w JOIN open_tasks o ON o.worker_id = w.id
         WHERE w.ended_at IS NOT NULL AND o.lease_token IS NOT NULL
           AND NOT o.cancel_requested AND o.losses < ?
           FOR UPDATE OF o SKIP LOCKED),
      back AS (
        UPDATE open_tasks o
           SET lease_token = NULL, worker_id = NULL, leased_at = NULL, started_event = NULL,
               current_step = NULL, due_at = now(), rank = rank_in_line(now(), priority),
               losses = losses + 1, events = o.events + 1, updated_at = now()
          FROM orphan
         WHERE o.task_id = orphan.task_id),
      attempt AS (
        INSERT INTO attempts (task_id, token, number, worker, started_at, ended_at, outcome)
        SELECT task_id, lease_token, attempt, worker, leased_at, now(), 'lost' FROM orphan),
      event AS (
        INSERT INTO events (task_id, number, type, at, data)
        %s
        UNION ALL
        SELECT task_id, events + 1, 'lost', now(),
               json_build_object('attempt', attempt, 'worker', worker)::text
          FROM orphan)
      SELECT count(*) FROM orphan
      """
          .formatted(PostgresHistory.STARTED.formatted("orphan"));

  /// Tasks of dead workers that do not go back: somebody wants them cancelled or they lost too
  /// many.
  private static final String BEYOND_RESCUE =
      """
      SELECT o.task_id, o.lease_token, o.type, o.losses, o.cancel_requested
        FROM workers w JOIN open_tasks o ON o.worker_id = w.id
       WHERE w.ended_at IS NOT NULL AND o.lease_token IS NOT NULL
         AND (o.cancel_requested OR o.losses >= ?)
      """;

  private final Database database;
  private final PostgresOutcomes outcomes;

  PostgresRescue(Database database, PostgresOutcomes outcomes) {
    this.database = database;
    this.outcomes = outcomes;
  }

  /// As [dev.errand.engine.lease.Leases#rescue].
  Rescued rescue() {
    database.update(DECLARE_DEAD);
    int requeued = database.count(RESCUE, MAX_LOSSES);
    List<Rescued.Ended> ended =
        database.query(BEYOND_RESCUE, Orphan::read, MAX_LOSSES).stream()
            .filter(orphan -> outcomes.endLost(orphan.task(), orphan.token(), orphan.ending()))
            .map(Orphan::ended)
            .toList();
    return new Rescued(requeued, ended);
  }

  /// A task of a dead worker that does not go back.
  private record Orphan(TaskId task, UUID token, String type, int losses, boolean cancelRequested) {

    static Orphan read(ResultSet row) throws SQLException {
      return new Orphan(
          new TaskId(row.getObject("task_id", UUID.class)),
          row.getObject("lease_token", UUID.class),
          row.getString("type"),
          row.getInt("losses"),
          row.getBoolean("cancel_requested"));
    }

    Rescued.Ended ended() {
      return new Rescued.Ended(
          task, type, cancelRequested ? TaskStatus.CANCELLED : TaskStatus.FAILED);
    }

    Ending ending() {
      if (cancelRequested) {
        return Ending.CANCELLED;
      }
      TaskError error =
          new TaskError(
              TaskError.WORKER_LOST,
              "%d workers died while they ran this task; it may be what kills them."
                  .formatted(losses + 1),
              null);
      return new Ending("failed", null, error);
    }
  }
}
