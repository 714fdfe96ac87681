package dev.errand.postgres;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.postgres.Database.Array;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Records how attempts end, and ends their tasks or puts them back. Thread-safe.
final class PostgresOutcomes {
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

  /// Whether the attempt has ended in one of these ways.
  private static final String ENDED =
      """
      SELECT EXISTS (SELECT FROM ended_tasks
                      WHERE task_id = ? AND lease_token = ? AND attempt_outcome IS NULL
                        AND outcome = ANY (?))
          OR EXISTS (SELECT FROM attempts
                      WHERE task_id = ? AND token = ? AND outcome = ANY (?))
      """;

  private static final int ENDS_TOGETHER = 500;

  private final Database database;
  private final Unheard<Outcome> unheard;

  private final GroupCommit<End, Boolean> ends =
      new GroupCommit<>("errand-end", ENDS_TOGETHER, this::endTogether);

  PostgresOutcomes(Database database) {
    this.database = database;
    this.unheard = new Unheard<>(database);
  }

  /// As [dev.errand.engine.lease.Leases#end].
  boolean end(Lease lease, Outcome outcome) {
    return unheard.write(lease, outcome, () -> ended(lease, outcome), () -> write(lease, outcome));
  }

  private boolean ended(Lease lease, Outcome outcome) {
    UUID task = lease.task().value();
    Array ways = new Array("text", ways(outcome));
    return database.yes(ENDED, task, lease.token(), ways, task, lease.token(), ways);
  }

  /// What the attempt's outcome is called when it was recorded as asked.
  private static List<String> ways(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed _ -> List.of("completed");
      case Outcome.Failed _ -> List.of("failed");
      case Outcome.Cancelled _ -> List.of("cancelled");
      case Outcome.Retrying _ -> List.of("retrying", "cancelled");
      case Outcome.Released _ -> List.of("released", "cancelled");
    };
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

  /// Ends a task for good whose worker was lost.
  ///
  /// @return false when it has gone back or has ended meanwhile
  boolean endLost(TaskId task, UUID token, Ending ending) {
    return endTogether(List.of(new End(task, token, ending, "lost"))).getFirst();
  }

  /// How a task ends for good.
  ///
  /// @param outcome the task's, also the type of its last event
  record Ending(String outcome, @Nullable String result, @Nullable TaskError error) {
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

  /// PostgreSQL's text has no NUL.
  private static @Nullable String withoutNul(@Nullable String text) {
    return text == null ? null : text.replace('\0', '\uFFFD');
  }
}
