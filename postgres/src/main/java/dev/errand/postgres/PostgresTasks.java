package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;
import static dev.errand.postgres.Database.instantOrNull;

import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.Batch;
import dev.errand.engine.task.Handover;
import dev.errand.engine.task.Handover.Taken;
import dev.errand.engine.task.Lane;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore;
import dev.errand.postgres.Database.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Tasks on PostgreSQL.
public final class PostgresTasks implements TaskStore {
  /// Tags are arrays within an array, which unnest would flatten: each list travels as one text,
  /// separated by a control character that no tag contains. A caller that heard no answer may
  /// submit the same task again: it is stored once.
  private static final String SUBMIT =
      """
      WITH given AS (
        SELECT * FROM unnest(
          ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::smallint[], ?::text[],
          ?::bigint[], ?::smallint[], ?::text[], ?::timestamptz[], ?::bigint[], ?::text[], ?::uuid[],
          ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::uuid[])
          AS given (id, owner, type, params, queue, priority, tags, timeout_ms, max_retries,
                    trace_id, due_at, delay_ms, concurrency_key, batch_id, lane, ttl_ms, key,
                    fingerprint, token)),
      -- fresh keys
      accepted AS (
        SELECT *, coalesce(due_at, now() + delay_ms * interval '1 millisecond') AS due
          FROM given%s)
      INSERT INTO open_tasks (
             task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, expires_at, rank,
             updated_at)
      SELECT id, owner, type, params, queue, priority, string_to_array(tags, E'\\x1f'), timeout_ms,
             max_retries, trace_id, now(), due, concurrency_key, batch_id, lane, due,
             due + ttl_ms * interval '1 millisecond',
             CASE WHEN due <= now() THEN rank_in_line(due, priority) END, now()
        FROM accepted
          ON CONFLICT DO NOTHING
      RETURNING task_id AS id, created_at, due_at, lease_token
      """;

  private static final String FRESH_KEYS =
      """
      fresh_key AS (
        INSERT INTO idempotency_keys (owner, key, fingerprint, task_id, created_at)
        SELECT owner, key, fingerprint, id, now() FROM given WHERE key IS NOT NULL
            ON CONFLICT DO NOTHING
        RETURNING task_id),
      refused AS (
        SELECT coalesce(batch_id, id) AS id FROM given
         WHERE key IS NOT NULL AND id NOT IN (SELECT task_id FROM fresh_key)),
      """;

  /// Tasks of one batch stay together.
  private static final String WITH_FRESH_KEY =
      "\n         WHERE coalesce(batch_id, id) NOT IN (SELECT id FROM refused)";

  /// Whether the worker that is ready for it gets it: it must be alive, and the queue without
  /// limits.
  private static final String TAKEN =
      """
      taken AS (
        SELECT id FROM accepted
         WHERE token IS NOT NULL AND due <= now()
           AND EXISTS (SELECT FROM workers w WHERE w.id = ? AND w.ended_at IS NULL)
           AND NOT EXISTS (SELECT FROM queues q
                            WHERE q.name = accepted.queue
                              AND (q.paused OR q.concurrency_limit IS NOT NULL)))
      INSERT INTO open_tasks (
             task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, expires_at, rank,
             updated_at, lease_token, worker_id, leased_at, started_at, attempt, events, started_event)
      SELECT accepted.id, owner, type, params, queue, priority, string_to_array(tags, E'\\x1f'),
             timeout_ms, max_retries, trace_id, now(), due, concurrency_key, batch_id, lane, due,
             CASE WHEN taken.id IS NULL THEN due + ttl_ms * interval '1 millisecond' END,
             CASE WHEN taken.id IS NULL AND due <= now() THEN rank_in_line(due, priority) END, now(),
             CASE WHEN taken.id IS NOT NULL THEN token END,
             CASE WHEN taken.id IS NOT NULL THEN ?::uuid END,
             CASE WHEN taken.id IS NOT NULL THEN now() END,
             CASE WHEN taken.id IS NOT NULL THEN now() END,
             num_nonnulls(taken.id), 1 + num_nonnulls(taken.id),
             CASE WHEN taken.id IS NOT NULL THEN 2 END
        FROM accepted LEFT JOIN taken ON taken.id = accepted.id
      """;

  private static final String SUBMIT_WITHOUT_KEYS = submission(false, false);
  private static final String SUBMIT_WITH_KEYS = submission(true, false);
  private static final String HAND_OVER_WITHOUT_KEYS = submission(false, true);
  private static final String HAND_OVER_WITH_KEYS = submission(true, true);

  private static String submission(boolean keyed, boolean handedOver) {
    String sql = SUBMIT.replace("%s", keyed ? WITH_FRESH_KEY : "");
    sql = sql.replace("-- fresh keys\n", keyed ? FRESH_KEYS : "");
    return handedOver
        ? sql.substring(0, sql.indexOf(")\nINSERT INTO open_tasks"))
            + "),\n"
            + TAKEN
            + sql.substring(sql.indexOf("    ON CONFLICT DO NOTHING\nRETURNING task_id AS id"))
        : sql;
  }

  private static final String KNOWN_KEY =
      "SELECT task_id, fingerprint FROM idempotency_keys WHERE owner = ? AND key = ?";

  private static final String STORED_BEFORE =
      """
      SELECT id, created_at, first_due_at AS due_at, NULL AS lease_token FROM tasks WHERE id = ?
      """;

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
        DELETE FROM open_tasks WHERE task_id = ? AND lease_token IS NULL RETURNING *)
      INSERT INTO ended_tasks (
             task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, attempt, cancel_requested,
             started_at, progress, outcome, finished_at, events, log_lines)
      SELECT task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, attempt, false,
             started_at, progress, 'cancelled', now(), events + 1, log_lines
        FROM ended
      """;

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
        RETURNING *)
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

  private static final int SUBMITTED_TOGETHER = 200;

  /// So many tasks have a statement of their own, which holds up no others.
  private static final int MANY = 50;

  private final Database database;
  private final PostgresBudgets budgets;

  /// Tasks whose submission was not answered: they may be stored, and may even have ended.
  /// Forgotten when nobody can repeat it any more.
  private final Set<TaskId> unheard =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final GroupCommit<List<NewTask>, List<Submitted>> submissions =
      new GroupCommit<>("errand-submit", SUBMITTED_TOGETHER, this::submitTogether);

  private volatile Handover handover = Handover.NOBODY;

  public PostgresTasks(DataSource connections) {
    this.database = new Database(connections);
    this.budgets = new PostgresBudgets(connections);
  }

  /// From now on `worker` is asked whether it wants what is submitted here.
  public void handOverTo(Handover worker) {
    handover = worker;
  }

  @Override
  public List<Submitted> submit(List<NewTask> tasks) {
    budgets.allow(tasks);
    try {
      List<Submitted> answers =
          tasks.size() < MANY ? submissions.call(tasks) : submitTogether(List.of(tasks)).getFirst();
      tasks.forEach(task -> unheard.remove(task.id()));
      return answers;
    } catch (StoreUnavailable e) {
      tasks.forEach(task -> unheard.add(task.id()));
      throw e;
    }
  }

  private List<List<Submitted>> submitTogether(List<List<NewTask>> calls) {
    List<NewTask> tasks = calls.stream().flatMap(List::stream).toList();
    Map<TaskId, Submitted> stored = new HashMap<>();
    tasks.stream()
        .filter(task -> unheard.contains(task.id()))
        .forEach(task -> storedBefore(task).ifPresent(before -> stored.put(task.id(), before)));
    insert(tasks.stream().filter(task -> !stored.containsKey(task.id())).toList())
        .forEach(one -> stored.put(one.id(), one));
    return calls.stream().map(call -> answers(call, stored)).toList();
  }

  private List<Submitted.Stored> insert(List<NewTask> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    Taken taken = handover.take(tasks);
    Set<TaskId> started = new HashSet<>();
    try {
      List<Submitted.Stored> stored = insert(tasks, taken);
      stored.stream().filter(Submitted.Stored::started).forEach(one -> started.add(one.id()));
      return stored;
    } finally {
      taken.settle(started);
    }
  }

  private List<Submitted.Stored> insert(List<NewTask> tasks, Taken taken) {
    boolean keyed = tasks.stream().anyMatch(task -> task.idempotency() != null);
    List<@Nullable Object> parameters = new ArrayList<>(columns(tasks));
    parameters.add(column(tasks, "uuid", task -> taken.tokens().get(task.id())));
    if (taken.tokens().isEmpty()) {
      return database.query(
          keyed ? SUBMIT_WITH_KEYS : SUBMIT_WITHOUT_KEYS,
          PostgresTasks::stored,
          parameters.toArray());
    }
    parameters.add(taken.worker());
    parameters.add(taken.worker());
    return database.query(
        keyed ? HAND_OVER_WITH_KEYS : HAND_OVER_WITHOUT_KEYS,
        PostgresTasks::stored,
        parameters.toArray());
  }

  private List<Submitted> answers(List<NewTask> call, Map<TaskId, Submitted> stored) {
    Map<@Nullable UUID, Submitted> refused = new HashMap<>();
    call.stream()
        .filter(task -> task.batch() != null && task.idempotency() != null)
        .filter(task -> !stored.containsKey(task.id()))
        .forEach(task -> refused.put(task.batch(), standsFor(task)));
    return call.stream()
        .map(task -> {
          Submitted known = stored.getOrDefault(task.id(), refused.get(task.batch()));
          return known == null ? standsFor(task) : known;
        })
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

  private static List<Array> columns(List<NewTask> tasks) {
    return List.of(
        column(tasks, "uuid", task -> task.id().value()),
        column(tasks, "text", NewTask::owner),
        column(tasks, "text", NewTask::type),
        column(tasks, "text", NewTask::params),
        column(tasks, "text", NewTask::queue),
        column(tasks, "smallint", task -> (short) task.priority().rank()),
        column(
            tasks,
            "text",
            task -> task.tags().isEmpty() ? null : String.join("\u001f", task.tags())),
        column(tasks, "bigint", task -> task.timeout().toMillis()),
        column(tasks, "smallint", task -> (short) task.maxRetries()),
        column(tasks, "text", NewTask::traceId),
        column(tasks, "timestamptz", task -> task.due() instanceof Due.At(var at) ? at : null),
        column(
            tasks,
            "bigint",
            task -> task.due() instanceof Due.After(var delay) ? delay.toMillis() : 0L),
        column(tasks, "text", NewTask::concurrencyKey),
        column(tasks, "uuid", NewTask::batch),
        column(tasks, "bigint", task -> Lane.of(task.owner(), task.concurrencyKey()).number()),
        column(tasks, "bigint", task -> task.ttl() == null ? null : task.ttl().toMillis()),
        column(tasks, "text", task -> task.idempotency() == null ? null : task.idempotency().key()),
        column(
            tasks,
            "text",
            task -> task.idempotency() == null ? null : task.idempotency().fingerprint()));
  }

  private static Submitted.Stored stored(ResultSet row) throws SQLException {
    return new Submitted.Stored(
        new TaskId(row.getObject("id", UUID.class)),
        instant(row, "created_at"),
        instant(row, "due_at"),
        row.getString("lease_token") != null);
  }

  private Submitted standsFor(NewTask task) {
    NewTask.Idempotency idempotency = task.idempotency();
    return idempotency == null
        ? storedBefore(task)
            .orElseThrow(() -> new IllegalStateException("Task was not stored: " + task.id()))
        : standsFor(task, idempotency);
  }

  private Optional<Submitted.Stored> storedBefore(NewTask task) {
    return database.queryOne(STORED_BEFORE, PostgresTasks::stored, task.id().value());
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
  public Optional<Outlook> outlook(TaskId id) {
    return database.queryOne(
        TaskOutlook.SELECT, TaskOutlook::read, id.value(), id.value(), id.value());
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
      where.append(where.isEmpty() ? " WHERE " : " AND ").append(condition);
      parameters.add(value);
    }
  }

  private static void andAlso(
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
    andAlso(where, parameters, "d.owner = ?", filter.owner());
    andAlso(where, parameters, "d.type = ?", filter.type());
    andAlso(where, parameters, "d.task_id < ?", before == null ? null : before.value());
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
