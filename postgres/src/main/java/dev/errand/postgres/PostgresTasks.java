package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;
import static dev.errand.postgres.Database.instantOrNull;

import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore;
import dev.errand.postgres.Database.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Tasks on PostgreSQL.
public final class PostgresTasks implements TaskStore {
  /// Tags are arrays within an array, which unnest would flatten: each list travels as one text,
  /// separated by a control character that no tag contains.
  private static final String SUBMIT =
      """
      WITH given AS (
        SELECT * FROM unnest(
          ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::smallint[], ?::text[],
          ?::bigint[], ?::smallint[], ?::text[], ?::timestamptz[], ?::bigint[], ?::text[], ?::text[])
          AS given (id, owner, type, params, queue, priority, tags, timeout_ms, max_retries,
                    trace_id, due_at, delay_ms, key, fingerprint)),
      fresh_key AS (
        INSERT INTO idempotency_keys (owner, key, fingerprint, task_id, created_at)
        SELECT owner, key, fingerprint, id, now() FROM given WHERE key IS NOT NULL
            ON CONFLICT DO NOTHING
        RETURNING task_id),
      accepted AS (
        SELECT *, coalesce(due_at, now() + delay_ms * interval '1 millisecond') AS due
          FROM given
         WHERE key IS NULL OR id IN (SELECT task_id FROM fresh_key)),
      -- A caller that heard no answer may submit the same task again: it is stored once.
      task AS (
        INSERT INTO tasks (id, owner, type, params, queue, priority, tags, timeout_ms, max_retries,
                           trace_id, created_at, due_at)
        SELECT id, owner, type, params, queue, priority,
               string_to_array(tags, E'\\x1f'), timeout_ms, max_retries,
               trace_id, now(), due
          FROM accepted
            ON CONFLICT DO NOTHING
        RETURNING id, queue, type, priority, created_at, due_at),
      opened AS (
        INSERT INTO open_tasks (task_id, queue, type, priority, due_at, updated_at)
        SELECT id, queue, type, priority, due_at, created_at FROM task)
      SELECT id, created_at, due_at FROM task
      """;

  private static final String KNOWN_KEY =
      "SELECT task_id, fingerprint FROM idempotency_keys WHERE owner = ? AND key = ?";

  private static final String STORED_BEFORE =
      "SELECT id, created_at, due_at FROM tasks WHERE id = ?";

  private static final String FIND = TaskRow.SELECT + " WHERE t.id = ?";

  private static final String CANCEL_WAITING =
      """
      WITH ended AS (
        DELETE FROM open_tasks WHERE task_id = ? AND lease_token IS NULL RETURNING *),
      task AS (
        UPDATE tasks
           SET outcome = 'cancelled', finished_at = now(),
               started_at = ended.started_at, attempt = ended.attempt, progress = ended.progress,
               events = ended.events + 1, log_lines = ended.log_lines,
               error_code = NULL, error_message = NULL, error_trace = NULL
          FROM ended
         WHERE tasks.id = ended.task_id)
      INSERT INTO events (task_id, number, type, at, data)
      SELECT task_id, events + 1, 'cancelled', now(), '{}' FROM ended
      """;

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

  private static final String STANDING =
      """
      SELECT t.outcome, coalesce(o.cancel_requested, false) AS cancel_requested,
             %s AS status
        FROM tasks t LEFT JOIN open_tasks o ON o.task_id = t.id
       WHERE t.id = ?
      """
          .formatted(TaskRow.STATUS);

  private static final String RETRY =
      """
      WITH reopened AS (
        UPDATE tasks
           SET outcome = NULL, finished_at = NULL, progress = 0, cancel_requested = false,
               error_code = NULL, error_message = NULL, error_trace = NULL
         WHERE id = ? AND outcome IN ('failed', 'cancelled')
        RETURNING *),
      opened AS (
        INSERT INTO open_tasks (task_id, queue, type, priority, due_at, attempt, started_at, events,
                                log_lines, updated_at)
        SELECT id, queue, type, priority, now(), attempt, started_at, events + 1,
               log_lines, now()
          FROM reopened
        RETURNING task_id, events)
      INSERT INTO events (task_id, number, type, at, data)
      SELECT task_id, events, 'queued', now(), '{"retry": true}' FROM opened
      """;

  private static final String ATTEMPTS =
      """
      SELECT number, worker, started_at, ended_at, outcome, error_code, error_message, error_trace
        FROM attempts WHERE task_id = ?
      UNION ALL
      SELECT o.attempt, w.name, o.leased_at, NULL, NULL, NULL, NULL, NULL
        FROM open_tasks o JOIN workers w ON w.id = o.worker_id
       WHERE o.task_id = ? AND o.lease_token IS NOT NULL
       ORDER BY started_at, number
      """;

  private final Database database;

  public PostgresTasks(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public List<Submitted> submit(List<NewTask> tasks) {
    Map<TaskId, Submitted> stored = new HashMap<>();
    database
        .query(SUBMIT, PostgresTasks::stored, columns(tasks))
        .forEach(one -> stored.put(one.id(), one));
    return tasks.stream()
        .map(task -> stored.containsKey(task.id()) ? stored.get(task.id()) : standsFor(task))
        .toList();
  }

  private static Array column(
      List<NewTask> tasks, String type, Function<NewTask, ? extends @Nullable Object> value) {
    List<@Nullable Object> elements = new ArrayList<>(tasks.size());
    for (NewTask task : tasks) {
      elements.add(value.apply(task));
    }
    return new Array(type, elements);
  }

  private static Object[] columns(List<NewTask> tasks) {
    return new Object[] {
      column(tasks, "uuid", task -> task.id().value()),
      column(tasks, "text", NewTask::owner),
      column(tasks, "text", NewTask::type),
      column(tasks, "text", NewTask::params),
      column(tasks, "text", NewTask::queue),
      column(tasks, "smallint", task -> (short) task.priority().rank()),
      column(tasks, "text", task -> String.join("\u001f", task.tags())),
      column(tasks, "bigint", task -> task.timeout().toMillis()),
      column(tasks, "smallint", task -> (short) task.maxRetries()),
      column(tasks, "text", NewTask::traceId),
      column(tasks, "timestamptz", task -> task.due() instanceof Due.At(var at) ? at : null),
      column(
          tasks,
          "bigint",
          task -> task.due() instanceof Due.After(var delay) ? delay.toMillis() : 0L),
      column(tasks, "text", task -> task.idempotency() == null ? null : task.idempotency().key()),
      column(
          tasks,
          "text",
          task -> task.idempotency() == null ? null : task.idempotency().fingerprint())
    };
  }

  private static Submitted.Stored stored(ResultSet row) throws SQLException {
    return new Submitted.Stored(
        new TaskId(row.getObject("id", UUID.class)),
        instant(row, "created_at"),
        instant(row, "due_at"));
  }

  private Submitted standsFor(NewTask task) {
    NewTask.Idempotency idempotency = task.idempotency();
    return idempotency == null ? storedBefore(task) : standsFor(task, idempotency);
  }

  private Submitted storedBefore(NewTask task) {
    return database
        .queryOne(STORED_BEFORE, PostgresTasks::stored, task.id().value())
        .orElseThrow(() -> new IllegalStateException("Task was not stored: " + task.id()));
  }

  private Submitted standsFor(NewTask task, NewTask.Idempotency idempotency) {
    return database
        .queryOne(
            KNOWN_KEY,
            row -> {
              TaskId known = new TaskId(row.getObject("task_id", UUID.class));
              return idempotency.fingerprint().equals(row.getString("fingerprint"))
                  ? new Submitted.Known(known)
                  : new Submitted.KeyReused(known);
            },
            task.owner(),
            idempotency.key())
        .orElseThrow(() -> new IllegalStateException("No key for refused task " + task.id()));
  }

  @Override
  public Optional<Task> find(TaskId id) {
    return database.queryOne(FIND, TaskRow::read, id.value());
  }

  @Override
  public List<Task> list(TaskFilter filter) {
    StringBuilder where = new StringBuilder();
    List<Object> parameters = new ArrayList<>();
    and(where, parameters, "t.owner = ?", filter.owner());
    and(where, parameters, "t.type = ?", filter.type());
    and(where, parameters, "? = ANY (t.tags)", filter.tag());
    and(where, parameters, "position(lower(?) IN lower(t.params)) > 0", filter.text());
    and(where, parameters, "t.id < ?", filter.before() == null ? null : filter.before().value());
    and(
        where,
        parameters,
        TaskRow.STATUS + " = ?",
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
      where.append(where.isEmpty() ? " WHERE " : " AND ").append(condition);
      parameters.add(value);
    }
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
  public Retried retry(TaskId id) {
    if (database.update(RETRY, id.value()) > 0) {
      return new Retried.Queued();
    }
    return standing(id)
        .<Retried>map(standing -> new Retried.NotEnded(standing.status()))
        .orElseGet(Retried.Unknown::new);
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
        id.value(),
        id.value());
  }
}
