package dev.errand.postgres;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.postgres.Database.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Leases on PostgreSQL.
public final class PostgresLeases implements Leases {
  /// A task may lose its worker this often; once more and it ends: it may be what kills them.
  static final int MAX_LOSSES = 10;

  private static final String HOLDS =
      "SELECT count(*) FROM open_tasks WHERE task_id = ? AND lease_token = ?";

  private static final String APPEND =
      """
      WITH given AS (
        SELECT * FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS given (type, data, position)),
      held AS (
        UPDATE open_tasks
           SET events = events + ?,
               progress = coalesce(?::smallint, progress),
               current_step = CASE WHEN ? THEN ? ELSE current_step END,
               updated_at = now()
         WHERE task_id = ? AND lease_token = ?
        RETURNING task_id, events - ? AS events)
      INSERT INTO events (task_id, number, type, at, data)
      SELECT task_id, events + position, type, now(), data FROM held, given
      """;

  /// Waits for whoever changes the task just now.
  private static final String AWAIT_WRITES =
      "SELECT 1 FROM open_tasks WHERE task_id = ? FOR UPDATE";

  /// Whether the given events are the task's last ones.
  private static final String APPENDED =
      """
      SELECT count(*) = ?
        FROM open_tasks o,
             unnest(?::text[], ?::text[]) WITH ORDINALITY AS given (type, data, position),
             events e
       WHERE o.task_id = ? AND o.lease_token = ? AND e.task_id = o.task_id
         AND (e.number, e.type, e.data) = (o.events - ? + given.position, given.type, given.data)
      """;

  private static final String LOG =
      """
      WITH given AS (
        SELECT * FROM unnest(?::timestamptz[], ?::text[], ?::text[])
          WITH ORDINALITY AS given (at, level, line, position)),
      held AS (
        UPDATE open_tasks
           SET log_lines = log_lines + ?
         WHERE task_id = ? AND lease_token = ?
        RETURNING task_id, log_lines - ? AS log_lines)
      INSERT INTO log_lines (task_id, number, at, level, line)
      SELECT task_id, log_lines + position, at, level, line FROM held, given
      """;

  /// Whether the given lines are the log's last ones.
  private static final String LOGGED =
      """
      SELECT count(*) = ?
        FROM open_tasks o,
             unnest(?::timestamptz[], ?::text[], ?::text[])
               WITH ORDINALITY AS given (at, level, line, position),
             log_lines l
       WHERE o.task_id = ? AND o.lease_token = ? AND l.task_id = o.task_id
         AND (l.number, l.at, l.level, l.line)
             = (o.log_lines - ? + given.position, given.at, given.level, given.line)
      """;

  private static final String FINISH_STEP =
      """
      WITH held AS (
        SELECT task_id FROM open_tasks WHERE task_id = ? AND lease_token = ? FOR UPDATE),
      step AS (
        INSERT INTO steps (task_id, name, value, finished_at)
        SELECT task_id, ?, ?, now() FROM held
            ON CONFLICT DO NOTHING)
      SELECT count(*) FROM held
      """;

  private static final String STEPS =
      "SELECT name, value FROM steps WHERE task_id = ? ORDER BY finished_at, name";

  /// Ends tasks for good. The last attempt, its `started` and the last event stay in the task's
  /// row; the attempt's own outcome differs from the task's where a worker was lost.
  private static final String END =
      """
      WITH given AS (
        SELECT unnest(?::uuid[]) AS id, unnest(?::uuid[]) AS token, unnest(?::text[]) AS outcome,
               unnest(?::text[]) AS attempt_outcome, unnest(?::text[]) AS result,
               unnest(?::text[]) AS code, unnest(?::text[]) AS message, unnest(?::text[]) AS trace),
      ended AS (
        DELETE FROM open_tasks USING given
         WHERE open_tasks.task_id = given.id AND open_tasks.lease_token = given.token
        RETURNING open_tasks.*, given.*),
      %s
      INSERT INTO ended_tasks (
             task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, attempt, cancel_requested,
             started_at, progress, outcome, finished_at, result,
             error_code, error_message, error_trace, events, log_lines,
             lease_token, worker, leased_at, started_event, attempt_outcome)
      SELECT task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, attempt, cancel_requested,
             ended.started_at, CASE outcome WHEN 'completed' THEN 100 ELSE progress END,
             outcome, now(), result, code, message, trace, events + 1, log_lines,
             lease_token, workers.name, leased_at, started_event, attempt_outcome
        FROM ended JOIN workers ON workers.id = ended.worker_id
      RETURNING lease_token
      """
          .formatted(Outbox.noting("ended.outcome", "ended.events + 1", "now()"));

  /// Puts a task back; a task that somebody wants to cancel does not go back.
  private static final String GIVE_BACK =
      """
      WITH held AS (
        SELECT o.task_id, o.lease_token, o.attempt, o.leased_at, o.events, o.started_event,
               w.name AS worker
          FROM open_tasks o JOIN workers w ON w.id = o.worker_id
         WHERE o.task_id = ? AND o.lease_token = ? AND NOT o.cancel_requested
           FOR UPDATE OF o),
      back AS (
        UPDATE open_tasks o
           SET lease_token = NULL, worker_id = NULL, leased_at = NULL, started_event = NULL,
               current_step = NULL, due_at = now() + given.delay,
               rank = CASE WHEN given.delay = interval '0' THEN rank_in_line(now(), priority) END,
               failures = failures + ?, attempt = o.attempt - ?,
               error_code = ?, error_message = ?, error_trace = ?,
               events = o.events + 1, updated_at = now()
          FROM held, (SELECT ? * interval '1 millisecond' AS delay) AS given
         WHERE o.task_id = held.task_id),
      attempt AS (
        INSERT INTO attempts (task_id, token, number, worker, started_at, ended_at, outcome,
                              error_code, error_message, error_trace)
        SELECT task_id, lease_token, attempt, worker, leased_at, now(), ?, ?, ?, ? FROM held),
      event AS (
        INSERT INTO events (task_id, number, type, at, data)
        %s
        UNION ALL
        SELECT task_id, events + 1, ?, now(), ? FROM held)
      SELECT count(*) FROM held
      """
          .formatted(PostgresHistory.STARTED.formatted("held"));

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
      SELECT o.task_id, o.lease_token, o.losses, o.cancel_requested
        FROM workers w JOIN open_tasks o ON o.worker_id = w.id
       WHERE w.ended_at IS NOT NULL AND o.lease_token IS NOT NULL
         AND (o.cancel_requested OR o.losses >= ?)
      """;

  /// Whether the attempt has ended in another way than by losing its lease.
  private static final String ENDED =
      """
      SELECT EXISTS (SELECT FROM ended_tasks
                      WHERE task_id = ? AND lease_token = ? AND attempt_outcome IS NULL)
          OR EXISTS (SELECT FROM attempts
                      WHERE task_id = ? AND token = ? AND outcome <> 'lost')
      """;

  private static final int ENDS_TOGETHER = 500;

  private final Database database;
  private final DataSource sessions;
  private final Unheard<List<NewEvent>> unheardEvents = new Unheard<>();
  private final Unheard<List<LogLine>> unheardLines = new Unheard<>();
  private final Unheard<Outcome> unheardEnds = new Unheard<>();

  private final GroupCommit<End, Boolean> ends =
      new GroupCommit<>("errand-end", ENDS_TOGETHER, this::endTogether);

  /// @param connections a pool for short statements
  /// @param sessions opens a connection of its own for each worker; not a pool
  public PostgresLeases(DataSource connections, DataSource sessions) {
    this.database = new Database(connections);
    this.sessions = sessions;
  }

  @Override
  public Session open(NewWorker worker) {
    return PostgresSession.open(database, sessions, worker);
  }

  @Override
  public boolean append(Lease lease, List<NewEvent> events) {
    if (events.isEmpty()) {
      return holds(lease);
    }
    return unheardEvents.write(
        lease, List.copyOf(events), () -> appended(lease, events), () -> write(lease, events));
  }

  /// An interrupt cuts the connection, and the write that was under way goes on without it.
  private void awaitWrites(Lease lease) {
    database.query(AWAIT_WRITES, row -> row.getInt(1), lease.task().value());
  }

  private boolean appended(Lease lease, List<NewEvent> events) {
    awaitWrites(lease);
    return database.yes(
        APPENDED,
        events.size(),
        texts(events, EventJson::type),
        texts(events, EventJson::data),
        lease.task().value(),
        lease.token(),
        events.size());
  }

  private boolean write(Lease lease, List<NewEvent> events) {
    Short percent = null;
    boolean stepChanged = false;
    String step = null;
    for (NewEvent event : events) {
      switch (event) {
        case NewEvent.Progress progress -> percent = (short) progress.percent();
        case NewEvent.StepStarted started -> {
          stepChanged = true;
          step = started.step();
        }
        case NewEvent.StepCompleted _ -> {
          stepChanged = true;
          step = null;
        }
        case NewEvent.StepReused _, NewEvent.ArtifactStored _ -> {}
      }
    }
    return database.update(
            APPEND,
            texts(events, EventJson::type),
            texts(events, EventJson::data),
            events.size(),
            percent,
            stepChanged,
            step,
            lease.task().value(),
            lease.token(),
            events.size())
        > 0;
  }

  private boolean holds(Lease lease) {
    return database.count(HOLDS, lease.task().value(), lease.token()) > 0;
  }

  @Override
  public boolean log(Lease lease, List<LogLine> lines) {
    if (lines.isEmpty()) {
      return holds(lease);
    }
    return unheardLines.write(
        lease, List.copyOf(lines), () -> logged(lease, lines), () -> writeLog(lease, lines));
  }

  private boolean logged(Lease lease, List<LogLine> lines) {
    awaitWrites(lease);
    return database.yes(
        LOGGED,
        lines.size(),
        new Array("timestamptz", lines.stream().map(LogLine::at).toList()),
        texts(lines, line -> line.level().name()),
        texts(lines, LogLine::text),
        lease.task().value(),
        lease.token(),
        lines.size());
  }

  private boolean writeLog(Lease lease, List<LogLine> lines) {
    return database.update(
            LOG,
            new Array("timestamptz", lines.stream().map(LogLine::at).toList()),
            texts(lines, line -> line.level().name()),
            texts(lines, LogLine::text),
            lines.size(),
            lease.task().value(),
            lease.token(),
            lines.size())
        > 0;
  }

  @Override
  public boolean finishStep(Lease lease, String step, String value) {
    return database.count(FINISH_STEP, lease.task().value(), lease.token(), step, value) > 0;
  }

  @Override
  public Map<String, String> steps(TaskId task) {
    Map<String, String> steps = new LinkedHashMap<>();
    database
        .query(STEPS, row -> Map.entry(row.getString("name"), row.getString("value")), task.value())
        .forEach(step -> steps.put(step.getKey(), step.getValue()));
    return steps;
  }

  @Override
  public boolean end(Lease lease, Outcome outcome) {
    return unheardEnds.write(lease, outcome, () -> ended(lease), () -> write(lease, outcome));
  }

  private boolean ended(Lease lease) {
    awaitWrites(lease);
    UUID task = lease.task().value();
    return database.yes(ENDED, task, lease.token(), task, lease.token());
  }

  private boolean write(Lease lease, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed(var result) -> end(lease, new Ending("completed", result, null));
      case Outcome.Failed(var error) -> end(lease, new Ending("failed", null, error));
      case Outcome.Cancelled() -> end(lease, Ending.CANCELLED);
      case Outcome.Retrying(var error, var delay) ->
          giveBackOrCancel(
              lease,
              new Return(
                  "retrying",
                  delay,
                  1,
                  0,
                  error,
                  EventJson.retrying(error, lease.attempt(), delay)));
      case Outcome.Released() ->
          giveBackOrCancel(lease, new Return("released", Duration.ZERO, 0, 1, null, "{}"));
    };
  }

  private boolean giveBackOrCancel(Lease lease, Return back) {
    return giveBack(lease.task(), lease.token(), back) || end(lease, Ending.CANCELLED);
  }

  private boolean end(Lease lease, Ending ending) {
    return ends.call(new End(lease.task(), lease.token(), ending, null));
  }

  /// How a task leaves for good.
  ///
  /// @param outcome the task's, also the type of its last event
  private record Ending(String outcome, @Nullable String result, @Nullable TaskError error) {
    static final Ending CANCELLED = new Ending("cancelled", null, null);
  }

  /// @param attemptOutcome where the attempt's is not the task's
  private record End(TaskId task, UUID token, Ending ending, @Nullable String attemptOutcome) {
    private <T> @Nullable T error(Function<TaskError, @Nullable T> part) {
      return ending.error() == null ? null : part.apply(ending.error());
    }
  }

  /// Of ends under the same lease, only the first counts.
  private List<Boolean> endTogether(List<End> all) {
    Map<UUID, End> firsts = new LinkedHashMap<>();
    all.forEach(end -> firsts.putIfAbsent(end.token(), end));
    Set<UUID> ended = write(List.copyOf(firsts.values()));
    Set<UUID> told = new HashSet<>();
    return all.stream().map(end -> ended.contains(end.token()) && told.add(end.token())).toList();
  }

  private Set<UUID> write(List<End> ends) {
    return Set.copyOf(
        database.query(
            END,
            row -> row.getObject(1, UUID.class),
            Array.of("uuid", ends, end -> end.task().value()),
            Array.of("uuid", ends, End::token),
            Array.of("text", ends, end -> end.ending().outcome()),
            Array.of("text", ends, End::attemptOutcome),
            Array.of("text", ends, end -> end.ending().result()),
            Array.of("text", ends, end -> end.error(TaskError::code)),
            Array.of("text", ends, end -> end.error(error -> withoutNul(error.message()))),
            Array.of("text", ends, end -> end.error(error -> withoutNul(error.stackTrace())))));
  }

  /// How a task goes back to its queue.
  ///
  /// @param outcome the attempt's, also the type of the event
  /// @param failures how many failed attempts this adds
  /// @param attempts how many attempts this takes back
  /// @param data of the event
  private record Return(
      String outcome,
      Duration delay,
      int failures,
      int attempts,
      @Nullable TaskError error,
      String data) {}

  private boolean giveBack(TaskId task, UUID token, Return back) {
    TaskError error = back.error();
    String code = error == null ? null : error.code();
    String message = error == null ? null : withoutNul(error.message());
    String trace = error == null ? null : withoutNul(error.stackTrace());
    return database.count(
            GIVE_BACK,
            task.value(),
            token,
            back.failures(),
            back.attempts(),
            code,
            message,
            trace,
            back.delay().toMillis(),
            back.outcome(),
            code,
            message,
            trace,
            back.outcome(),
            back.data())
        > 0;
  }

  /// Declares every worker dead, for a node that starts and knows that no other one can be using
  /// this database: its tasks need not wait until their worker is missed.
  public void declareAllDead() {
    database.update("UPDATE workers SET ended_at = now() WHERE ended_at IS NULL");
  }

  @Override
  public int rescue() {
    database.update(DECLARE_DEAD);
    int rescued = database.count(RESCUE, MAX_LOSSES);
    for (Orphan orphan : database.query(BEYOND_RESCUE, Orphan::read, MAX_LOSSES)) {
      End end = new End(orphan.task(), orphan.token(), orphan.ending(), "lost");
      rescued += endTogether(List.of(end)).getFirst() ? 1 : 0;
    }
    return rescued;
  }

  private record Orphan(TaskId task, UUID token, int losses, boolean cancelRequested) {

    static Orphan read(ResultSet row) throws SQLException {
      return new Orphan(
          new TaskId(row.getObject("task_id", UUID.class)),
          row.getObject("lease_token", UUID.class),
          row.getInt("losses"),
          row.getBoolean("cancel_requested"));
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

  private static <T> Array texts(List<T> items, Function<T, String> text) {
    return new Array("text", items.stream().map(text).toList());
  }

  /// PostgreSQL's text has no NUL.
  private static @Nullable String withoutNul(@Nullable String text) {
    return text == null ? null : text.replace('\0', '\uFFFD');
  }
}
