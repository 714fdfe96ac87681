package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.task.Handover;
import dev.errand.engine.task.Handover.Taken;
import dev.errand.engine.task.Lane;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.NewTask.Idempotency;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore.Submitted;
import dev.errand.postgres.Database.Array;
import dev.errand.postgres.Database.Duplicate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Stores new tasks: those of concurrent calls together, many of one call by `COPY`. Thread-safe.
final class PostgresSubmissions {
  /// One `unnest` for each array: a single one for all of them, in `FROM`, would put each aside in
  /// a store of its own first, which costs ten times as much.
  ///
  /// Tags are arrays within an array, which unnest would flatten: each list travels as one text,
  /// separated by a control character that no tag contains.
  private static final String GIVEN =
      """
      WITH given AS (
        SELECT unnest(?::uuid[]) AS id, unnest(?::text[]) AS owner, unnest(?::text[]) AS type,
               unnest(?::text[]) AS params, unnest(?::text[]) AS queue,
               unnest(?::smallint[]) AS priority, unnest(?::text[]) AS tags,
               unnest(?::bigint[]) AS timeout_ms, unnest(?::smallint[]) AS max_retries,
               unnest(?::text[]) AS trace_id, unnest(?::timestamptz[]) AS due_at,
               unnest(?::bigint[]) AS delay_ms, unnest(?::text[]) AS concurrency_key,
               unnest(?::uuid[]) AS batch_id, unnest(?::bigint[]) AS lane,
               unnest(?::bigint[]) AS ttl_ms, unnest(?::text[]) AS key,
               unnest(?::text[]) AS fingerprint, unnest(?::uuid[]) AS token),
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

  private static final String ACCEPTED =
      """
      accepted AS (
        SELECT *, coalesce(due_at, now() + delay_ms * interval '1 millisecond', now()) AS due
          FROM given
      """;

  /// Tasks of one batch stay together.
  private static final String WITH_FRESH_KEY =
      " WHERE coalesce(batch_id, id) NOT IN (SELECT id FROM refused)\n";

  /// Whether the worker that is ready for it gets it: it must be alive, and the queue without
  /// limits.
  private static final String TAKEN =
      """
      ), taken AS (
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

  private static final String QUEUED =
      """
      )
      INSERT INTO open_tasks (
             task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, expires_at, rank,
             updated_at)
      SELECT id, owner, type, params, queue, priority, string_to_array(tags, E'\\x1f'), timeout_ms,
             max_retries, trace_id, now(), due, concurrency_key, batch_id, lane, due,
             due + ttl_ms * interval '1 millisecond',
             CASE WHEN due <= now() THEN rank_in_line(due, priority) END, now()
        FROM accepted
      """;

  /// For a task that may be there already. It costs a look before each insertion and a second write
  /// after it, so that it is only asked for when it was needed.
  private static final String UNLESS_STORED = "ON CONFLICT DO NOTHING\n";

  private static final String STORED = "RETURNING task_id AS id, created_at, due_at, lease_token";

  /// Once, with the commit.
  private static final String WAKING =
      ", (SELECT pg_notify('%s', '%s'))"
          .formatted(PostgresSignals.CHANNEL, PostgresSignals.WORK_FOR_ALL);

  /// A NOTIFY makes commits queue for one lock, so that few should have one. Who comes sooner after
  /// another leaves it to [PostgresSignals], which gathers.
  private static final Duration PAUSE = Duration.ofMillis(10);

  private static final String SUBMIT = GIVEN + ACCEPTED + QUEUED;
  private static final String SUBMIT_KEYED =
      GIVEN + FRESH_KEYS + ACCEPTED + WITH_FRESH_KEY + QUEUED;
  private static final String HAND_OVER = GIVEN + ACCEPTED + TAKEN;
  private static final String HAND_OVER_KEYED =
      GIVEN + FRESH_KEYS + ACCEPTED + WITH_FRESH_KEY + TAKEN;

  private static final String KNOWN_KEY =
      "SELECT task_id, fingerprint FROM idempotency_keys WHERE owner = ? AND key = ?";

  private static final String STORED_BEFORE =
      """
      SELECT id, created_at, first_due_at AS due_at, NULL AS lease_token FROM tasks WHERE id = ?
      """;

  private static final int SUBMITTED_TOGETHER = 200;

  /// So many tasks have a transaction of their own, which holds up no others.
  private static final int MANY = 50;

  private final Database database;
  private final IntConsumer storedTogether;

  /// Tasks whose submission was not answered: they may be stored, and may even have ended.
  /// Forgotten when nobody can repeat it any more.
  private final Set<TaskId> unheard =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final GroupCommit<List<NewTask>, List<Submitted>> calls =
      new GroupCommit<>("errand-submit", SUBMITTED_TOGETHER, this::submitTogether);

  private volatile Handover handover = Handover.NOBODY;
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime() - PAUSE.toNanos());

  /// @param storedTogether as of [PostgresTasks]
  PostgresSubmissions(Database database, IntConsumer storedTogether) {
    this.database = database;
    this.storedTogether = storedTogether;
  }

  void handOverTo(Handover worker) {
    handover = worker;
  }

  /// As [dev.errand.engine.task.TaskStore#submit].
  List<Submitted> submit(List<NewTask> tasks) {
    try {
      List<Submitted> answers =
          tasks.size() < MANY ? calls.call(tasks) : submitTogether(List.of(tasks)).getFirst();
      tasks.forEach(task -> unheard.remove(task.id()));
      return answers;
    } catch (StoreUnavailable e) {
      tasks.forEach(task -> unheard.add(task.id()));
      throw e;
    }
  }

  private List<List<Submitted>> submitTogether(List<List<NewTask>> calls) {
    List<NewTask> tasks = new ArrayList<>(calls.size());
    calls.forEach(tasks::addAll);
    Map<TaskId, Submitted> stored = storedBefore(tasks);
    tasks.removeIf(task -> stored.containsKey(task.id()));
    insert(tasks).forEach(one -> stored.put(one.id(), one));
    return calls.stream().map(call -> answers(call, stored)).toList();
  }

  private Map<TaskId, Submitted> storedBefore(List<NewTask> tasks) {
    Map<TaskId, Submitted> stored = new HashMap<>();
    if (!unheard.isEmpty()) {
      tasks.stream()
          .filter(task -> unheard.contains(task.id()))
          .forEach(task -> storedBefore(task).ifPresent(before -> stored.put(task.id(), before)));
    }
    return stored;
  }

  private List<Submitted.Stored> insert(List<NewTask> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    boolean keyed = tasks.stream().anyMatch(task -> task.idempotency() != null);
    List<Submitted.Stored> stored =
        tasks.size() >= MANY && !keyed ? copy(tasks) : offer(tasks, keyed);
    storedTogether.accept(stored.size());
    return stored;
  }

  private List<Submitted.Stored> copy(List<NewTask> tasks) {
    try {
      return database.inTransaction(connection -> new TaskCopy(connection).store(tasks));
    } catch (Duplicate _) {
      return insert(tasks, SUBMIT + UNLESS_STORED + STORED, Taken.NOTHING).stream()
          .map(row -> row.stored(false))
          .toList();
    }
  }

  /// A worker that is ready for some of them has them started when they are stored.
  private List<Submitted.Stored> offer(List<NewTask> tasks, boolean keyed) {
    Taken taken = handover.take(tasks);
    boolean waking = tasks.stream().anyMatch(task -> waits(task, taken)) && afterPause();
    Set<TaskId> started = new HashSet<>();
    try {
      List<Row> rows =
          insertOnce(tasks, insertion(keyed, taken), waking ? STORED + WAKING : STORED, taken);
      rows.stream().filter(Row::leased).forEach(row -> started.add(row.id()));
      return rows.stream().map(row -> row.stored(row.leased() || waking)).toList();
    } finally {
      taken.settle(started);
    }
  }

  private static boolean waits(NewTask task, Taken taken) {
    return task.due() instanceof Due.Now && !taken.tokens().containsKey(task.id());
  }

  /// Whether nobody else has come for a while.
  private boolean afterPause() {
    long now = System.nanoTime();
    return now - lastNanos.getAndSet(now) >= PAUSE.toNanos();
  }

  private static String insertion(boolean keyed, Taken taken) {
    if (taken.tokens().isEmpty()) {
      return keyed ? SUBMIT_KEYED : SUBMIT;
    }
    return keyed ? HAND_OVER_KEYED : HAND_OVER;
  }

  /// A caller that heard no answer submits the same task again: it is stored once.
  private List<Row> insertOnce(
      List<NewTask> tasks, String insertion, String returning, Taken taken) {
    try {
      return insert(tasks, insertion + returning, taken);
    } catch (Duplicate _) {
      return insert(tasks, insertion + UNLESS_STORED + returning, taken);
    }
  }

  private List<Row> insert(List<NewTask> tasks, String statement, Taken taken) {
    List<@Nullable Object> parameters = new ArrayList<>(columns(tasks));
    parameters.add(Array.of("uuid", tasks, task -> taken.tokens().get(task.id())));
    if (!taken.tokens().isEmpty()) {
      parameters.add(taken.worker());
      parameters.add(taken.worker());
    }
    return database.query(statement, Row::read, parameters.toArray());
  }

  private static List<Array> columns(List<NewTask> tasks) {
    return List.of(
        Array.of("uuid", tasks, task -> task.id().value()),
        Array.of("text", tasks, NewTask::owner),
        Array.of("text", tasks, NewTask::type),
        Array.of("text", tasks, NewTask::params),
        Array.of("text", tasks, NewTask::queue),
        Array.of("smallint", tasks, task -> (short) task.priority().rank()),
        Array.of(
            "text",
            tasks,
            task -> task.tags().isEmpty() ? null : String.join("\u001f", task.tags())),
        Array.of("bigint", tasks, task -> task.timeout().toMillis()),
        Array.of("smallint", tasks, task -> (short) task.maxRetries()),
        Array.of("text", tasks, NewTask::traceId),
        Array.of("timestamptz", tasks, task -> task.due() instanceof Due.At(var at) ? at : null),
        Array.of(
            "bigint",
            tasks,
            task -> task.due() instanceof Due.After(var delay) ? delay.toMillis() : null),
        Array.of("text", tasks, NewTask::concurrencyKey),
        Array.of("uuid", tasks, NewTask::batch),
        Array.of("bigint", tasks, task -> Lane.of(task.owner(), task.concurrencyKey()).number()),
        Array.of("bigint", tasks, task -> task.ttl() == null ? null : task.ttl().toMillis()),
        Array.of(
            "text", tasks, task -> task.idempotency() == null ? null : task.idempotency().key()),
        Array.of(
            "text",
            tasks,
            task -> task.idempotency() == null ? null : task.idempotency().fingerprint()));
  }

  private record Row(TaskId id, Instant createdAt, Instant dueAt, boolean leased) {
    static Row read(ResultSet row) throws SQLException {
      return new Row(
          new TaskId(row.getObject("id", UUID.class)),
          instant(row, "created_at"),
          instant(row, "due_at"),
          row.getString("lease_token") != null);
    }

    Submitted.Stored stored(boolean told) {
      return new Submitted.Stored(id, createdAt, dueAt, told);
    }
  }

  // --- what is not stored anew

  private List<Submitted> answers(List<NewTask> call, Map<TaskId, Submitted> stored) {
    if (call.size() == 1) {
      NewTask task = call.getFirst();
      Submitted known = stored.get(task.id());
      return List.of(known == null ? standsFor(task) : known);
    }
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

  private Submitted standsFor(NewTask task) {
    Idempotency idempotency = task.idempotency();
    return idempotency == null
        ? storedBefore(task)
            .orElseThrow(() -> new IllegalStateException("Task was not stored: " + task.id()))
        : standsFor(task, idempotency);
  }

  private Optional<Submitted.Stored> storedBefore(NewTask task) {
    return database
        .queryOne(STORED_BEFORE, Row::read, task.id().value())
        .map(row -> row.stored(false));
  }

  private Submitted standsFor(NewTask task, Idempotency idempotency) {
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
}
