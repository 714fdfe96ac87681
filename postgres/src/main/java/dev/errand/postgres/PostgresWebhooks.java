package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;
import static dev.errand.postgres.Database.instantOrNull;
import static dev.errand.postgres.Database.microseconds;
import static dev.errand.postgres.Database.query;
import static dev.errand.postgres.Database.update;

import dev.errand.engine.task.Batch;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.webhook.Delivery;
import dev.errand.engine.webhook.Secret;
import dev.errand.engine.webhook.Secrets;
import dev.errand.engine.webhook.Webhook;
import dev.errand.engine.webhook.WebhookId;
import dev.errand.engine.webhook.WebhookStore;
import dev.errand.postgres.Database.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Webhooks on PostgreSQL. What is to be told is written by the statements that end tasks, see
/// [Outbox].
public final class PostgresWebhooks implements WebhookStore {
  private static final String NOW = "SELECT clock_timestamp() AS now";

  private static final String ADD =
      """
      INSERT INTO webhooks (url, events, description, enabled, disabled_reason, secret,
                            previous_secret, previous_until, failing_since, updated_at,
                            id, owner, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?, ?)
      """;

  private static final String FIND = "SELECT * FROM webhooks WHERE id = ?";

  private static final String LIST =
      """
      SELECT * FROM webhooks
       WHERE (?::text IS NULL OR owner = ?) AND (?::uuid IS NULL OR id < ?)
       ORDER BY id DESC LIMIT ?
      """;

  private static final String REPLACE =
      """
      UPDATE webhooks
         SET url = ?, events = ?, description = ?, enabled = ?, disabled_reason = ?, secret = ?,
             previous_secret = ?, previous_until = ?::timestamptz, failing_since = ?::timestamptz,
             updated_at = ?
       WHERE id = ?
      """;

  private static final String DELETE = "DELETE FROM webhooks WHERE id = ?";

  private static final String SIGN_CALLBACKS =
      """
      INSERT INTO webhooks (id, owner, events, description, enabled, secret, created_at, updated_at)
      VALUES (?, ?, ?, ?, true, ?, now(), now())
          ON CONFLICT DO NOTHING
      """;

  private static final String SIGNS_CALLBACKS =
      "SELECT EXISTS (SELECT FROM webhooks WHERE owner = ? AND url IS NULL)";

  private static final String CALL_BACK =
      """
      INSERT INTO task_callbacks (task_id, url)
      SELECT * FROM unnest(?::uuid[], ?::text[])
          ON CONFLICT DO NOTHING
      """;

  private static final String CALLBACK_URL = "SELECT url FROM task_callbacks WHERE task_id = ?";

  private static final String FORGET_CALLBACKS =
      "DELETE FROM task_callbacks WHERE task_id = ANY (?)";

  /// The oldest ends that nobody else is at, each with everyone who wants to know.
  private static final String TAKE =
      """
      WITH taken AS (
        SELECT * FROM webhook_outbox ORDER BY at LIMIT ? FOR UPDATE SKIP LOCKED)
      SELECT t.task_id, t.number, t.owner, t.outcome, t.at, w.id AS webhook_id,
             coalesce(w.url, c.url) AS url
        FROM taken t
        LEFT JOIN task_callbacks c ON c.task_id = t.task_id
        LEFT JOIN webhooks w
          ON w.owner = t.owner AND w.enabled
         AND CASE WHEN w.url IS NULL THEN c.url IS NOT NULL
                  ELSE 'task.' || t.outcome = ANY (w.events) END
       ORDER BY t.at, t.task_id, w.id
      """;

  private static final String TASKS = TaskRow.SELECT + " WHERE t.id = ANY (?)";

  /// The batches of these tasks of which no task is open, each with everyone who wants to know and
  /// was not told. Where nobody ever wants to know, no task is looked at.
  private static final String COMPLETED_BATCHES =
      """
      SELECT b.*, w.id AS webhook_id, w.url
        FROM (SELECT batch_id, owner, max(finished_at) AS at,
                     count(*) FILTER (WHERE outcome = 'completed') AS completed,
                     count(*) FILTER (WHERE outcome = 'failed') AS failed,
                     count(*) FILTER (WHERE outcome = 'cancelled') AS cancelled
                FROM ended_tasks e
               WHERE EXISTS (SELECT FROM webhooks WHERE 'batch.completed' = ANY (events))
                 AND batch_id IN (SELECT batch_id FROM ended_tasks
                                   WHERE task_id = ANY (?) AND batch_id IS NOT NULL)
                 AND NOT EXISTS (SELECT FROM open_tasks o WHERE o.batch_id = e.batch_id)
               GROUP BY batch_id, owner) AS b
        JOIN webhooks w
          ON w.owner = b.owner AND w.enabled AND w.url IS NOT NULL
         AND 'batch.completed' = ANY (w.events)
       WHERE NOT EXISTS (SELECT FROM webhook_deliveries d
                          WHERE d.webhook_id = w.id AND d.task_id = b.batch_id
                            AND d.event = 'batch.completed')
       ORDER BY b.batch_id, w.id
      """;

  /// Of two nodes that see a batch complete at the same time, the second one delivers nothing.
  private static final String DELIVER =
      """
      INSERT INTO webhook_deliveries (id, webhook_id, task_id, carrier_id, event, url, payload)
      SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[],
                           ?::text[])
          ON CONFLICT (webhook_id, task_id) WHERE event = 'batch.completed' DO NOTHING
      RETURNING id
      """;

  private static final String TOLD =
      """
      DELETE FROM webhook_outbox o
       USING unnest(?::uuid[], ?::bigint[]) AS told (task_id, number)
       WHERE o.task_id = told.task_id AND o.number = told.number
      """;

  private static final String DELIVERIES =
      """
      SELECT d.*, w.owner,
             CASE WHEN d.delivered_at IS NOT NULL THEN 'delivered'
                  WHEN EXISTS (SELECT FROM open_tasks o WHERE o.task_id = d.carrier_id)
                  THEN 'pending'
                  ELSE 'failed' END AS status
        FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
      """;

  private static final String DELIVERY = DELIVERIES + " WHERE d.id = ?";

  private static final String OF_WEBHOOK =
      DELIVERIES
          + """
           WHERE d.webhook_id = ? AND (?::uuid IS NULL OR d.id < ?) ORDER BY d.id DESC LIMIT ?
          """;

  private static final String TRIED =
      """
      UPDATE webhook_deliveries
         SET tries = tries + 1, tried_at = now(), last_status = ?, last_error = ?, last_answer = ?,
             delivered_at = CASE WHEN ? THEN now() END
       WHERE id = ?
      RETURNING webhook_id
      """;

  private static final String WELL =
      "UPDATE webhooks SET failing_since = NULL WHERE id = ? AND failing_since IS NOT NULL";

  /// Written once when it begins to fail and once when that has lasted too long.
  private static final String FAILING =
      """
      UPDATE webhooks
         SET failing_since = coalesce(failing_since, now()),
             enabled = NOT (given.gone OR failing_since IS NOT NULL),
             disabled_reason =
               CASE WHEN given.gone THEN 'The receiver answered 410: it wants no more.'
                    WHEN failing_since IS NOT NULL
                    THEN format('Every delivery since %s has failed.',
                                to_char(failing_since AT TIME ZONE 'UTC',
                                        'YYYY-MM-DD"T"HH24:MI:SS"Z"')) END,
             updated_at = now()
        FROM (SELECT ?::boolean AS gone, ? * interval '1 microsecond' AS patience) AS given
       WHERE id = ? AND url IS NOT NULL AND enabled
         AND (given.gone OR failing_since IS NULL OR failing_since < now() - given.patience)
      RETURNING disabled_reason
      """;

  private static final String REDELIVER =
      "UPDATE webhook_deliveries SET carrier_id = ?, delivered_at = NULL WHERE id = ?";

  private static final String FORGET =
      """
      DELETE FROM webhook_deliveries
       WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM webhook_deliveries
              WHERE created_at < now() - ? * interval '1 microsecond'
              LIMIT 1000))
      """;

  private final Database database;

  public PostgresWebhooks(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public Instant now() {
    return database.query(NOW, row -> instant(row, "now")).getFirst();
  }

  @Override
  public void add(Webhook webhook) {
    database.update(
        ADD, parameters(webhook, webhook.id().value(), webhook.owner(), webhook.createdAt()));
  }

  @Override
  public Optional<Webhook> find(WebhookId id) {
    return database.queryOne(FIND, PostgresWebhooks::webhook, id.value());
  }

  @Override
  public List<Webhook> list(@Nullable String owner, @Nullable WebhookId before, int limit) {
    UUID last = before == null ? null : before.value();
    return database.query(LIST, PostgresWebhooks::webhook, owner, owner, last, last, limit);
  }

  @Override
  public boolean replace(Webhook webhook) {
    return database.update(REPLACE, parameters(webhook, webhook.id().value())) > 0;
  }

  /// What may be changed of a webhook, in the order in which both statements name it, and then
  /// `others`.
  private static @Nullable Object[] parameters(Webhook webhook, Object... others) {
    Secret previous = webhook.secrets().previous();
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(webhook.url());
    parameters.add(new Array("text", webhook.events()));
    parameters.add(webhook.description());
    parameters.add(webhook.enabled());
    parameters.add(webhook.disabledReason());
    parameters.add(webhook.secrets().current().value());
    parameters.add(previous == null ? null : previous.value());
    parameters.add(webhook.secrets().previousUntil());
    parameters.add(webhook.failingSince());
    parameters.add(webhook.updatedAt());
    parameters.addAll(List.of(others));
    return parameters.toArray();
  }

  @Override
  public boolean delete(WebhookId id) {
    return database.update(DELETE, id.value()) > 0;
  }

  /// Notes whom to call when those of `tasks` end that have a callback. Comes before the tasks
  /// themselves: none of them can end unheard.
  void callBack(List<NewTask> tasks) {
    List<NewTask> calling = tasks.stream().filter(task -> task.callbackUrl() != null).toList();
    if (calling.isEmpty()) {
      return;
    }
    calling.stream().map(NewTask::owner).distinct().forEach(this::signCallbacks);
    database.update(
        CALL_BACK,
        Array.of("uuid", calling, task -> task.id().value()),
        Array.of("text", calling, NewTask::callbackUrl));
  }

  /// Undoes what [#callBack] noted for tasks that were not stored.
  void forgetCallbacks(List<NewTask> refused) {
    List<NewTask> calling = refused.stream().filter(task -> task.callbackUrl() != null).toList();
    if (!calling.isEmpty()) {
      database.update(FORGET_CALLBACKS, Array.of("uuid", calling, task -> task.id().value()));
    }
  }

  private void signCallbacks(String owner) {
    if (!database.yes(SIGNS_CALLBACKS, owner)) {
      database.update(
          SIGN_CALLBACKS,
          WebhookId.next().value(),
          owner,
          new Array("text", Webhook.TASK_EVENTS),
          Webhook.FOR_CALLBACKS,
          Secret.random().value());
    }
  }

  @Override
  public Optional<String> callbackUrl(TaskId task) {
    return database.queryOne(CALLBACK_URL, row -> row.getString("url"), task.value());
  }

  @Override
  public int relay(int limit, Composer composer) {
    return database.inTransaction(connection -> {
      List<Noted> noted = query(connection, TAKE, Noted::read, limit);
      if (noted.isEmpty()) {
        return 0;
      }
      List<Ended> ends = ends(connection, noted);
      List<NewDelivery> deliveries =
          Stream.concat(
                  ends.stream().flatMap(ended -> composer.deliveries(ended).stream()),
                  completedBatches(connection, ends).stream()
                      .flatMap(batch -> composer.deliveries(batch).stream()))
              .toList();
      deliver(connection, deliveries);
      update(
          connection,
          TOLD,
          Array.of("uuid", ends, ended -> ended.id().value()),
          Array.of("bigint", ends, Ended::number));
      return ends.size();
    });
  }

  /// @param receiver absent when nobody wants to know any more
  private record Noted(
      TaskId task,
      long number,
      String owner,
      String outcome,
      Instant at,
      @Nullable Receiver receiver) {
    static Noted read(ResultSet row) throws SQLException {
      UUID webhook = row.getObject("webhook_id", UUID.class);
      return new Noted(
          new TaskId(row.getObject("task_id", UUID.class)),
          row.getLong("number"),
          row.getString("owner"),
          row.getString("outcome"),
          instant(row, "at"),
          webhook == null ? null : new Receiver(new WebhookId(webhook), row.getString("url")));
    }

    /// What both tables have of one end.
    record Key(TaskId task, long number) {}

    Key key() {
      return new Key(task, number);
    }
  }

  private static List<Ended> ends(Connection connection, List<Noted> noted) throws SQLException {
    Map<TaskId, Task> tasks = new LinkedHashMap<>();
    List<Noted> wanted = noted.stream().filter(one -> one.receiver() != null).toList();
    query(connection, TASKS, TaskRow::read, Array.of("uuid", wanted, one -> one.task().value()))
        .forEach(task -> tasks.put(task.id(), task));
    Map<Noted.Key, List<Noted>> byEnd = new LinkedHashMap<>();
    noted.forEach(one -> byEnd.computeIfAbsent(one.key(), _ -> new ArrayList<>()).add(one));
    return byEnd.values().stream().map(rows -> ended(rows, tasks)).toList();
  }

  private static Ended ended(List<Noted> rows, Map<TaskId, Task> tasks) {
    Noted end = rows.getFirst();
    Task task = tasks.get(end.task());
    boolean same = task != null && end.at().equals(task.finishedAt());
    return new Ended(
        end.task(),
        end.number(),
        end.owner(),
        end.outcome(),
        end.at(),
        same ? task : null,
        rows.stream().flatMap(one -> Stream.ofNullable(one.receiver())).toList());
  }

  private static List<CompletedBatch> completedBatches(Connection connection, List<Ended> ends)
      throws SQLException {
    Map<UUID, List<CompletedBatch>> byBatch = new LinkedHashMap<>();
    query(
            connection,
            COMPLETED_BATCHES,
            PostgresWebhooks::completedBatch,
            Array.of("uuid", ends, ended -> ended.id().value()))
        .forEach(one -> byBatch.computeIfAbsent(one.batch().id(), _ -> new ArrayList<>()).add(one));
    return byBatch.values().stream().map(PostgresWebhooks::toldToAll).toList();
  }

  /// A batch with one of those who want to know of it.
  private static CompletedBatch completedBatch(ResultSet row) throws SQLException {
    Map<TaskStatus, Integer> counts =
        Map.of(
            TaskStatus.COMPLETED, row.getInt("completed"),
            TaskStatus.FAILED, row.getInt("failed"),
            TaskStatus.CANCELLED, row.getInt("cancelled"));
    UUID id = row.getObject("batch_id", UUID.class);
    WebhookId webhook = new WebhookId(row.getObject("webhook_id", UUID.class));
    return new CompletedBatch(
        new Batch(id, row.getString("owner"), counts, 100),
        instant(row, "at"),
        List.of(new Receiver(webhook, row.getString("url"))));
  }

  private static CompletedBatch toldToAll(List<CompletedBatch> one) {
    return new CompletedBatch(
        one.getFirst().batch(),
        one.getFirst().at(),
        one.stream().flatMap(each -> each.receivers().stream()).toList());
  }

  private static void deliver(Connection connection, List<NewDelivery> deliveries)
      throws SQLException {
    if (deliveries.isEmpty()) {
      return;
    }
    Set<UUID> made =
        Set.copyOf(
            query(
                connection,
                DELIVER,
                row -> row.getObject("id", UUID.class),
                Array.of("uuid", deliveries, NewDelivery::id),
                Array.of("uuid", deliveries, one -> one.webhook().value()),
                Array.of("uuid", deliveries, one -> one.subject().value()),
                Array.of("uuid", deliveries, one -> one.carrier().id().value()),
                Array.of("text", deliveries, NewDelivery::event),
                Array.of("text", deliveries, NewDelivery::url),
                Array.of("text", deliveries, NewDelivery::payload)));
    List<NewTask> carriers =
        deliveries.stream()
            .filter(one -> made.contains(one.id()))
            .map(NewDelivery::carrier)
            .toList();
    if (!carriers.isEmpty()) {
      new TaskCopy(connection).store(carriers);
    }
  }

  @Override
  public Optional<Delivery> delivery(UUID id) {
    return database.queryOne(DELIVERY, PostgresWebhooks::delivery, id);
  }

  @Override
  public List<Delivery> deliveries(WebhookId webhook, @Nullable UUID before, int limit) {
    return database.query(
        OF_WEBHOOK, PostgresWebhooks::delivery, webhook.value(), before, before, limit);
  }

  @Override
  public Optional<String> tried(UUID delivery, Sent sent, Duration patience) {
    boolean well = sent.error() == null;
    Optional<UUID> webhook =
        database.queryOne(
            TRIED,
            row -> row.getObject(1, UUID.class),
            sent.status(),
            sent.error(),
            sent.answer(),
            well,
            delivery);
    if (webhook.isEmpty()) {
      return Optional.empty();
    }
    if (well) {
      database.update(WELL, webhook.get());
      return Optional.empty();
    }
    return database
        .query(
            FAILING,
            row -> Optional.ofNullable(row.getString(1)),
            sent.gone(),
            microseconds(patience),
            webhook.get())
        .stream()
        .findFirst()
        .flatMap(Function.identity());
  }

  @Override
  public boolean redeliver(UUID delivery, NewTask carrier) {
    return database.inTransaction(connection -> {
      if (update(connection, REDELIVER, carrier.id().value(), delivery) == 0) {
        return false;
      }
      new TaskCopy(connection).store(List.of(carrier));
      return true;
    });
  }

  @Override
  public int forget(Duration olderThan) {
    return database.deleteAll(FORGET, microseconds(olderThan));
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    String previous = row.getString("previous_secret");
    return new Webhook(
        new WebhookId(row.getObject("id", UUID.class)),
        row.getString("owner"),
        row.getString("url"),
        List.of((String[]) row.getArray("events").getArray()),
        row.getString("description"),
        row.getBoolean("enabled"),
        row.getString("disabled_reason"),
        new Secrets(
            new Secret(row.getString("secret")),
            previous == null ? null : new Secret(previous),
            instantOrNull(row, "previous_until")),
        instantOrNull(row, "failing_since"),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getObject("id", UUID.class),
        new WebhookId(row.getObject("webhook_id", UUID.class)),
        row.getString("owner"),
        new TaskId(row.getObject("task_id", UUID.class)),
        row.getString("event"),
        row.getString("url"),
        row.getString("payload"),
        new TaskId(row.getObject("carrier_id", UUID.class)),
        Delivery.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getInt("tries"),
        lastTry(row),
        instant(row, "created_at"),
        instantOrNull(row, "delivered_at"));
  }

  private static Delivery.@Nullable Try lastTry(ResultSet row) throws SQLException {
    Instant at = instantOrNull(row, "tried_at");
    return at == null
        ? null
        : new Delivery.Try(
            at,
            row.getObject("last_status", Integer.class),
            row.getString("last_error"),
            row.getString("last_answer"));
  }
}
