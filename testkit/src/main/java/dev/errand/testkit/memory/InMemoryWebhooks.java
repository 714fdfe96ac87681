package dev.errand.testkit.memory;

import dev.errand.engine.event.Event;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.webhook.Carrier;
import dev.errand.engine.webhook.Delivery;
import dev.errand.engine.webhook.Secret;
import dev.errand.engine.webhook.Secrets;
import dev.errand.engine.webhook.Webhook;
import dev.errand.engine.webhook.WebhookId;
import dev.errand.engine.webhook.WebhookStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Webhooks in memory: what is to be told is read off the tasks.
final class InMemoryWebhooks implements WebhookStore {
  private final Rows rows;
  private final Map<UUID, Webhook> webhooks = new TreeMap<>(Rows.BY_BYTES.reversed());
  private final Map<UUID, Delivery> deliveries = new TreeMap<>(Rows.BY_BYTES.reversed());

  /// The last event of a task whose end needs not be told any more.
  private final Map<TaskId, Integer> told = new HashMap<>();

  InMemoryWebhooks(Rows rows) {
    this.rows = rows;
  }

  @Override
  public Instant now() {
    return rows.locked(now -> now);
  }

  @Override
  public void add(Webhook webhook) {
    rows.locked(_ -> {
      pass(webhook);
      webhooks.put(webhook.id().value(), webhook);
      return true;
    });
  }

  @Override
  public Optional<Webhook> find(WebhookId id) {
    return rows.locked(now -> Optional.ofNullable(known(now).get(id.value())));
  }

  @Override
  public List<Webhook> list(@Nullable String owner, @Nullable WebhookId before, int limit) {
    return rows.locked(now ->
        known(now).values().stream()
            .filter(one -> owner == null || owner.equals(one.owner()))
            .filter(one ->
                before == null || Rows.BY_BYTES.compare(one.id().value(), before.value()) < 0)
            .limit(limit)
            .toList());
  }

  @Override
  public boolean replace(Webhook webhook) {
    return rows.locked(_ -> {
      pass(webhook);
      return webhooks.replace(webhook.id().value(), webhook) != null;
    });
  }

  /// Who comes first hears of nothing that ended before.
  private void pass(Webhook webhook) {
    boolean first =
        webhooks.values().stream()
            .noneMatch(
                one -> one.owner().equals(webhook.owner()) && one.enabled() && one.url() != null);
    if (first) {
      rows.newestFirst().stream()
          .filter(row -> row.ended() && row.owner().equals(webhook.owner()))
          .filter(row -> row.callbackUrl() == null)
          .forEach(row -> told.put(row.id(), row.trail().events().size()));
    }
  }

  @Override
  public boolean delete(WebhookId id) {
    return rows.locked(_ -> {
      deliveries.values().removeIf(one -> one.webhook().equals(id));
      return webhooks.remove(id.value()) != null;
    });
  }

  @Override
  public int relay(int limit, Composer composer) {
    return rows.locked(now -> {
      Map<UUID, Webhook> known = known(now);
      List<TaskRow> ended =
          rows.newestFirst().reversed().stream().filter(row -> toTell(row, known)).toList();
      List<TaskRow> some =
          ended.stream()
              .sorted(Comparator.comparing(row -> row.trail().latest()))
              .limit(limit)
              .toList();
      some.forEach(row -> {
        told.put(row.id(), row.trail().events().size());
        composer.deliveries(ended(row, known, now)).forEach(one -> deliver(one, row, now));
      });
      for (TaskRow row : some) {
        completedBatch(row, known, now).stream()
            .flatMap(batch -> composer.deliveries(batch).stream())
            .forEach(one -> deliver(one, row, now));
      }
      return some.size();
    });
  }

  @Override
  public Optional<String> callbackUrl(TaskId task) {
    return rows.locked(_ -> rows.task(task).flatMap(row -> Optional.ofNullable(row.callbackUrl())));
  }

  /// The batch of an ended task, when all of it has ended and somebody is still to be told.
  private Optional<CompletedBatch> completedBatch(
      TaskRow row, Map<UUID, Webhook> known, Instant now) {
    UUID id = row.batch();
    List<Task> tasks =
        id == null ? List.of() : rows.ofBatch(id).stream().map(one -> one.seen(now)).toList();
    if (id == null || !tasks.stream().allMatch(task -> task.status().terminal())) {
      return Optional.empty();
    }
    List<Receiver> receivers =
        known.values().stream()
            .filter(one -> one.enabled() && one.owner().equals(row.owner()) && one.url() != null)
            .filter(one -> one.events().contains(Webhook.BATCH_COMPLETED))
            .filter(one -> deliveries.values().stream().noneMatch(made -> tells(made, one, id)))
            .map(one -> new Receiver(one.id(), Objects.requireNonNull(one.url())))
            .toList();
    return receivers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CompletedBatch(
                InMemoryTasks.batch(id, tasks),
                tasks.stream()
                    .map(task -> Objects.requireNonNull(task.finishedAt()))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(),
                receivers.reversed()));
  }

  private static boolean tells(Delivery made, Webhook webhook, UUID batch) {
    return made.webhook().equals(webhook.id())
        && made.event().equals(Webhook.BATCH_COMPLETED)
        && made.subject().value().equals(batch);
  }

  private boolean toTell(TaskRow row, Map<UUID, Webhook> known) {
    boolean wanted =
        row.callbackUrl() != null
            || known.values().stream()
                .anyMatch(
                    one -> one.owner().equals(row.owner()) && one.enabled() && one.url() != null);
    return row.ended()
        && wanted
        && !row.type().equals(Carrier.TYPE)
        && told.getOrDefault(row.id(), 0) < row.trail().events().size();
  }

  private static Ended ended(TaskRow row, Map<UUID, Webhook> known, Instant now) {
    Task task = row.seen(now);
    Event last = row.trail().events().getLast();
    List<Receiver> receivers = new ArrayList<>();
    for (Webhook one : known.values()) {
      String url = one.url() == null ? row.callbackUrl() : one.url();
      boolean wants = one.url() == null || one.events().contains("task." + last.type());
      if (one.enabled() && one.owner().equals(row.owner()) && wants && url != null) {
        receivers.add(new Receiver(one.id(), url));
      }
    }
    return new Ended(
        row.id(), last.number(), row.owner(), last.type(), last.at(), task, receivers.reversed());
  }

  private void deliver(NewDelivery one, TaskRow row, Instant now) {
    rows.submit(one.carrier(), now);
    deliveries.put(
        one.id(),
        new Delivery(
            one.id(),
            one.webhook(),
            row.owner(),
            one.subject(),
            one.event(),
            one.url(),
            one.payload(),
            one.carrier().id(),
            Delivery.Status.PENDING,
            0,
            null,
            now,
            null));
  }

  /// Every webhook, with one for the callbacks of each owner who has some.
  private Map<UUID, Webhook> known(Instant now) {
    rows.newestFirst().stream()
        .filter(row -> row.callbackUrl() != null)
        .map(TaskRow::owner)
        .distinct()
        .filter(owner ->
            webhooks.values().stream()
                .noneMatch(one -> one.owner().equals(owner) && one.url() == null))
        .toList()
        .forEach(owner -> {
          Webhook fresh = forCallbacks(owner, now);
          webhooks.put(fresh.id().value(), fresh);
        });
    return webhooks;
  }

  private static Webhook forCallbacks(String owner, Instant now) {
    return new Webhook(
        WebhookId.next(),
        owner,
        null,
        Webhook.TASK_EVENTS,
        Webhook.FOR_CALLBACKS,
        true,
        null,
        new Secrets(Secret.random(), null, null),
        null,
        now,
        now);
  }

  @Override
  public Optional<Delivery> delivery(UUID id) {
    return rows.locked(_ -> Optional.ofNullable(deliveries.get(id)).map(this::seen));
  }

  @Override
  public List<Delivery> deliveries(WebhookId webhook, @Nullable UUID before, int limit) {
    return rows.locked(_ ->
        deliveries.values().stream()
            .filter(one -> one.webhook().equals(webhook))
            .filter(one -> before == null || Rows.BY_BYTES.compare(one.id(), before) < 0)
            .limit(limit)
            .map(this::seen)
            .toList());
  }

  private Delivery seen(Delivery one) {
    boolean open = rows.task(one.carrier()).filter(row -> !row.ended()).isPresent();
    Delivery.Status status =
        one.deliveredAt() != null
            ? Delivery.Status.DELIVERED
            : open ? Delivery.Status.PENDING : Delivery.Status.FAILED;
    return with(one, one.carrier(), status, one.tries(), one.last(), one.deliveredAt());
  }

  private static Delivery with(
      Delivery one,
      TaskId carrier,
      Delivery.Status status,
      int tries,
      Delivery.@Nullable Try last,
      @Nullable Instant deliveredAt) {
    return new Delivery(
        one.id(),
        one.webhook(),
        one.owner(),
        one.subject(),
        one.event(),
        one.url(),
        one.payload(),
        carrier,
        status,
        tries,
        last,
        one.createdAt(),
        deliveredAt);
  }

  @Override
  public Optional<String> tried(UUID delivery, Sent sent, Duration patience) {
    return rows.locked(now -> {
      Delivery known = deliveries.get(delivery);
      if (known == null) {
        return Optional.empty();
      }
      boolean well = sent.error() == null;
      deliveries.put(
          delivery,
          with(
              known,
              known.carrier(),
              known.status(),
              known.tries() + 1,
              new Delivery.Try(now, sent.status(), sent.error(), sent.answer()),
              well ? now : null));
      Webhook webhook = webhooks.get(known.webhook().value());
      if (webhook == null || webhook.url() == null) {
        return Optional.empty();
      }
      Webhook after = well ? failing(webhook, null) : failed(webhook, sent, patience, now);
      webhooks.put(after.id().value(), after);
      return webhook.enabled() ? Optional.ofNullable(after.disabledReason()) : Optional.empty();
    });
  }

  private static Webhook failed(Webhook webhook, Sent sent, Duration patience, Instant now) {
    Instant since = webhook.failingSince();
    if (!webhook.enabled()) {
      return webhook;
    }
    if (sent.gone()) {
      return disabled(
          failing(webhook, since == null ? now : since),
          "The receiver answered 410: it wants no more.");
    }
    if (since != null && since.isBefore(now.minus(patience))) {
      return disabled(webhook, "Every delivery since %s has failed.".formatted(since));
    }
    return failing(webhook, since == null ? now : since);
  }

  private static Webhook failing(Webhook one, @Nullable Instant since) {
    return new Webhook(
        one.id(),
        one.owner(),
        one.url(),
        one.events(),
        one.description(),
        one.enabled(),
        one.disabledReason(),
        one.secrets(),
        since,
        one.createdAt(),
        one.updatedAt());
  }

  private static Webhook disabled(Webhook one, String why) {
    return new Webhook(
        one.id(),
        one.owner(),
        one.url(),
        one.events(),
        one.description(),
        false,
        why,
        one.secrets(),
        one.failingSince(),
        one.createdAt(),
        one.updatedAt());
  }

  @Override
  public boolean redeliver(UUID delivery, NewTask carrier) {
    return rows.locked(now -> {
      Delivery known = deliveries.get(delivery);
      if (known == null) {
        return false;
      }
      rows.submit(carrier, now);
      deliveries.put(
          delivery,
          with(known, carrier.id(), Delivery.Status.PENDING, known.tries(), known.last(), null));
      return true;
    });
  }

  @Override
  public int forget(Duration olderThan) {
    return rows.locked(now -> {
      int before = deliveries.size();
      deliveries.values().removeIf(one -> one.createdAt().isBefore(now.minus(olderThan)));
      return before - deliveries.size();
    });
  }
}
