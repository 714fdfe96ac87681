package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;
import static dev.errand.postgres.Database.instantOrNull;

import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.Batch;
import dev.errand.engine.task.Handover;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.webhook.Carrier;
import dev.errand.postgres.Database.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Tasks on PostgreSQL.
public final class PostgresTasks implements TaskStore {
  private static final String FIND = TaskRow.SELECT + " WHERE t.id = ?";

  private static final String BATCH =
      """
      SELECT owner, status, count(*) AS tasks,
             sum(CASE WHEN finished_at IS NULL THEN progress ELSE 100 END) AS progress
        FROM tasks WHERE batch_id = ? GROUP BY owner, status
      """;

  private static final String IN_BATCH = "SELECT id FROM tasks WHERE batch_id = ? ORDER BY id";

  private static final String CANCEL_WAITING =
      """
      WITH ended AS (
        DELETE FROM open_tasks WHERE task_id = ? AND lease_token IS NULL RETURNING *),
      %s
      INSERT INTO ended_tasks (
             task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, attempt, cancel_requested,
             started_at, progress, outcome, finished_at, events, log_lines)
      SELECT task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, attempt, false,
             started_at, progress, 'cancelled', now(), events + 1, log_lines
        FROM ended
      """
          .formatted(Outbox.noting("'cancelled'", "ended.events + 1", "now()"));

  /// Whoever holds a task just now may start it yet.
  private static final String EXPIRE =
      """
      WITH ended AS (
        DELETE FROM open_tasks
         WHERE task_id = ANY (ARRAY (
               SELECT task_id FROM open_tasks
                WHERE expires_at <= now()
                ORDER BY expires_at
                LIMIT ?
                  FOR UPDATE SKIP LOCKED))
        RETURNING *),
      %s
      INSERT INTO ended_tasks (
             task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, attempt, cancel_requested,
             started_at, progress, outcome, finished_at, error_code, error_message, events, log_lines)
      SELECT task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, attempt, false,
             started_at, progress, 'failed', now(), ?,
             format(?, date_part('epoch', expires_at - due_at)::bigint), events + 1, log_lines
        FROM ended
      RETURNING task_id, type
      """
          .formatted(Outbox.noting("'failed'", "ended.events + 1", "now()"));

  private static final String CANCEL_RUNNING =
      """
      WITH asked AS (
        UPDATE open_tasks
           SET cancel_requested = true, events = events + 1, updated_at = now()
         WHERE task_id = ? AND lease_token IS NOT NULL AND NOT cancel_requested
        RETURNING task_id, events)
      INSERT INTO events (task_id, number, type, at, data)
      SELECT task_id, events, 'cancel_requested', now(), '{}' FROM asked
      """;

  private static final String STANDING = "SELECT status, cancel_requested FROM tasks WHERE id = ?";

  /// What could be read from the task's row gets rows of its own.
  private static final String RETRY =
      """
      WITH reopened AS (
        DELETE FROM ended_tasks WHERE task_id = ? AND outcome IN ('failed', 'cancelled')
        RETURNING *),
      attempt AS (
        INSERT INTO attempts (task_id, token, number, worker, started_at, ended_at, outcome,
                              error_code, error_message, error_trace)
        SELECT task_id, lease_token, attempt, worker, leased_at, finished_at,
               coalesce(attempt_outcome, outcome), error_code, error_message, error_trace
          FROM reopened WHERE lease_token IS NOT NULL),
      event AS (
        INSERT INTO events (task_id, number, type, at, data)
        %s
        UNION ALL
        SELECT task_id, events, outcome, finished_at,
               CASE WHEN error_code IS NOT NULL
                    THEN json_build_object('code', error_code, 'message', error_message)::text
                    ELSE '{}' END
          FROM reopened
        UNION ALL
        SELECT task_id, events + 1, 'queued', now(), '{"retry": true}' FROM reopened)
      INSERT INTO open_tasks (
             task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, rank, attempt, started_at,
             events, log_lines, updated_at)
      SELECT task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, now(),
             rank_in_line(now(), priority), attempt, started_at, events + 1, log_lines, now()
        FROM reopened
      """
          .formatted(PostgresHistory.STARTED.formatted("reopened"));

  private static final String RETRY_FAILED =
      RETRY.replace(
              "task_id = ? AND outcome IN ('failed', 'cancelled')",
              "task_id = ANY (?) AND outcome = 'failed' AND owner = coalesce(?, owner)")
          + "RETURNING task_id";

  /// The tasks are found by what holds nothing but failed ones, and only then read.
  private static final String DEAD_LETTERS =
      TaskRow.SELECT
          + """
           WHERE t.id = ANY (ARRAY (
                 SELECT task_id FROM ended_tasks d
                  WHERE d.outcome = 'failed'%s
                  ORDER BY task_id DESC
                  LIMIT ?))
           ORDER BY t.id DESC
          """;

  private static final String ATTEMPTS =
      """
      SELECT number, worker, started_at, ended_at, outcome, error_code, error_message, error_trace
        FROM task_attempts WHERE task_id = ?
       ORDER BY started_at, number
      """;

  private final Database database;
  private final PostgresBudgets budgets;
  private final PostgresWebhooks webhooks;
  private final PostgresSubmissions submissions;

  public PostgresTasks(DataSource connections) {
    this(connections, _ -> {});
  }

  /// @param storedTogether hears how many tasks each statement stores; must not block
  public PostgresTasks(DataSource connections, IntConsumer storedTogether) {
    this.database = new Database(connections);
    this.budgets = new PostgresBudgets(connections);
    this.webhooks = new PostgresWebhooks(connections);
    this.submissions = new PostgresSubmissions(database, storedTogether);
  }

  /// From now on `worker` is asked whether it wants what is submitted here.
  public void handOverTo(Handover worker) {
    submissions.handOverTo(worker);
  }

  @Override
  public List<Submitted> submit(List<NewTask> tasks) {
    budgets.allow(tasks);
    webhooks.callBack(tasks);
    List<Submitted> answers = submissions.submit(tasks);
    List<NewTask> refused = refused(tasks, answers);
    budgets.forget(refused);
    webhooks.forgetCallbacks(refused);
    return answers;
  }

  /// Those for which another task stands, by their idempotency keys.
  private static List<NewTask> refused(List<NewTask> tasks, List<Submitted> answers) {
    return IntStream.range(0, tasks.size())
        .filter(i -> !answers.get(i).id().equals(tasks.get(i).id()))
        .mapToObj(tasks::get)
        .toList();
  }

  @Override
  public Optional<Task> find(TaskId id) {
    return database.queryOne(FIND, TaskRow::read, id.value());
  }

  @Override
  public Optional<Outlook> outlook(TaskId id) {
    return database.queryOne(
        TaskOutlook.SELECT, TaskOutlook::read, id.value(), id.value(), id.value());
  }

  @Override
  public List<Task> list(TaskFilter filter) {
    StringBuilder where = new StringBuilder(" WHERE true");
    List<Object> parameters = new ArrayList<>();
    and(where, parameters, "t.owner = ?", filter.owner());
    and(where, parameters, "t.type = ?", filter.type());
    and(where, parameters, "t.type <> ?", filter.type() == null ? Carrier.TYPE : null);
    and(where, parameters, "? = ANY (t.tags)", filter.tag());
    and(where, parameters, "position(lower(?) IN lower(t.params)) > 0", filter.text());
    and(where, parameters, "t.id < ?", filter.before() == null ? null : filter.before().value());
    and(
        where,
        parameters,
        "t.status = ?",
        filter.status() == null ? null : filter.status().toString());
    parameters.add(filter.limit());
    return database.query(
        TaskRow.SELECT + where + " ORDER BY t.id DESC LIMIT ?",
        TaskRow::read,
        parameters.toArray());
  }

  private static void and(
      StringBuilder where, List<Object> parameters, String condition, @Nullable Object value) {
    if (value != null) {
      where.append(" AND ").append(condition);
      parameters.add(value);
    }
  }

  @Override
  public Optional<Batch> batch(UUID id) {
    List<Counted> counted =
        database.query(
            BATCH,
            row ->
                new Counted(
                    row.getString("owner"),
                    TaskStatus.of(row.getString("status")).orElseThrow(),
                    row.getInt("tasks"),
                    row.getLong("progress")),
            id);
    return counted.isEmpty() ? Optional.empty() : Optional.of(batch(id, counted));
  }

  private record Counted(String owner, TaskStatus status, int tasks, long progress) {}

  private static Batch batch(UUID id, List<Counted> counted) {
    int tasks = counted.stream().mapToInt(Counted::tasks).sum();
    long progress = counted.stream().mapToLong(Counted::progress).sum();
    return new Batch(
        id,
        counted.getFirst().owner(),
        counted.stream().collect(Collectors.toMap(Counted::status, Counted::tasks)),
        (int) (progress / tasks));
  }

  @Override
  public List<TaskId> inBatch(UUID id) {
    return database.query(IN_BATCH, row -> new TaskId(row.getObject("id", UUID.class)), id);
  }

  @Override
  public Cancelled cancel(TaskId id) {
    // Between two of these statements a worker may claim the task or give it back: then look again.
    while (true) {
      if (database.update(CANCEL_WAITING, id.value()) > 0) {
        return new Cancelled.Ended();
      }
      if (database.update(CANCEL_RUNNING, id.value()) > 0) {
        return new Cancelled.Requested();
      }
      Optional<Standing> standing = standing(id);
      if (standing.isEmpty()) {
        return new Cancelled.Unknown();
      }
      if (standing.get().status().terminal()) {
        return new Cancelled.AlreadyEnded(standing.get().status());
      }
      if (standing.get().cancelRequested()) {
        return new Cancelled.Requested();
      }
    }
  }

  @Override
  public List<Expired> expire(int limit) {
    return database.query(
        EXPIRE,
        row -> new Expired(new TaskId(row.getObject("task_id", UUID.class)), row.getString("type")),
        limit,
        TaskError.EXPIRED,
        Expired.MESSAGE);
  }

  @Override
  public Retried retry(TaskId id) {
    if (database.update(RETRY, id.value()) > 0) {
      return new Retried.Queued();
    }
    return standing(id)
        .<Retried>map(standing -> new Retried.NotEnded(standing.status()))
        .orElseGet(Retried.Unknown::new);
  }

  @Override
  public List<Task> deadLetters(DeadLetterFilter filter, int limit) {
    StringBuilder where = new StringBuilder();
    List<Object> parameters = new ArrayList<>();
    TaskId before = filter.before();
    and(where, parameters, "d.owner = ?", filter.owner());
    and(where, parameters, "d.type = ?", filter.type());
    and(where, parameters, "d.type <> ?", filter.type() == null ? Carrier.TYPE : null);
    and(where, parameters, "d.task_id < ?", before == null ? null : before.value());
    parameters.add(limit);
    return database.query(DEAD_LETTERS.formatted(where), TaskRow::read, parameters.toArray());
  }

  @Override
  public List<TaskId> retryFailed(List<TaskId> ids, @Nullable String owner) {
    return database.query(
        RETRY_FAILED,
        row -> new TaskId(row.getObject("task_id", UUID.class)),
        new Array("uuid", ids.stream().map(TaskId::value).toList()),
        owner);
  }

  private record Standing(TaskStatus status, boolean cancelRequested) {}

  private Optional<Standing> standing(TaskId id) {
    return database.queryOne(
        STANDING,
        row ->
            new Standing(
                TaskStatus.of(row.getString("status")).orElseThrow(),
                row.getBoolean("cancel_requested")),
        id.value());
  }

  @Override
  public List<AttemptRecord> attempts(TaskId id) {
    return database.query(
        ATTEMPTS,
        row ->
            new AttemptRecord(
                row.getInt("number"),
                row.getString("worker"),
                instant(row, "started_at"),
                instantOrNull(row, "ended_at"),
                row.getString("outcome"),
                TaskRow.error(row)),
        id.value());
  }
}
