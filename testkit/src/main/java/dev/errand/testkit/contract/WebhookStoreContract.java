package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.webhook.Carrier;
import dev.errand.engine.webhook.Delivery;
import dev.errand.engine.webhook.Secret;
import dev.errand.engine.webhook.Secrets;
import dev.errand.engine.webhook.Webhook;
import dev.errand.engine.webhook.WebhookId;
import dev.errand.engine.webhook.WebhookStore;
import dev.errand.engine.webhook.WebhookStore.CompletedBatch;
import dev.errand.engine.webhook.WebhookStore.Composer;
import dev.errand.engine.webhook.WebhookStore.Ended;
import dev.errand.engine.webhook.WebhookStore.NewDelivery;
import dev.errand.engine.webhook.WebhookStore.Receiver;
import dev.errand.engine.webhook.WebhookStore.Sent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [WebhookStore] must keep, and whom it must tell of what.
public abstract class WebhookStoreContract extends StoreContract {
  private static final Duration PATIENCE = Duration.ofDays(5);
  private static final String URL = "https://example.com/hook";
  private static final Sent WELL = new Sent(200, null, "thanks", false);
  private static final Sent BADLY = new Sent(500, "the receiver answered 500", "oops", false);
  private static final Sent GONE = new Sent(410, "the receiver answered 410", "", true);

  @Test
  void a_webhook_is_found_as_it_was_added_and_changed() {
    Webhook webhook = added("ada");

    assertThat(webhooks().find(webhook.id())).contains(webhook);
    Webhook changed = with(webhook, List.of("task.failed"), false);
    assertThat(webhooks().replace(changed)).isTrue();
    assertThat(webhooks().find(webhook.id())).contains(changed);
    assertThat(webhooks().find(WebhookId.next())).isEmpty();
    assertThat(webhooks().delete(webhook.id())).isTrue();
    assertThat(webhooks().delete(webhook.id())).isFalse();
    assertThat(webhooks().replace(webhook)).isFalse();
  }

  @Test
  void webhooks_are_listed_newest_first_and_page_by_page() {
    List<Webhook> all = Stream.generate(() -> added("ada")).limit(3).toList().reversed();
    Webhook other = added("bob");

    assertThat(webhooks().list("ada", null, 10)).isEqualTo(all);
    assertThat(webhooks().list("ada", all.getFirst().id(), 1)).isEqualTo(all.subList(1, 2));
    assertThat(webhooks().list(null, null, 10)).hasSize(4).startsWith(other);
  }

  @Test
  void every_way_in_which_a_task_can_end_is_told_once() {
    Webhook webhook = added("ada");
    TaskId completed = ended("echo", new Outcome.Completed("{\"msg\":\"hi\"}"));
    TaskId failed = ended("echo", new Outcome.Failed(BROKEN));
    TaskId cancelled = submitted("echo");
    store().tasks().cancel(cancelled);
    TaskId expired = submitted(TaskDraft.of("echo").ttl(Duration.ofSeconds(1)));
    store().timePasses(Duration.ofMinutes(1));
    store().tasks().expire(10);
    TaskId held = heldAndCompleted();

    List<Ended> told = relayed();

    assertThat(told)
        .extracting(Ended::id)
        .containsExactlyInAnyOrder(completed, failed, cancelled, expired, held);
    assertThat(told)
        .allSatisfy(ended -> {
          assertThat(ended.owner()).isEqualTo("ada");
          assertThat(ended.receivers()).containsExactly(new Receiver(webhook.id(), URL));
          assertThat(ended.number()).isEqualTo(lastEvent(ended.id()).number());
          assertThat(ended.outcome()).isEqualTo(lastEvent(ended.id()).type());
          assertThat(ended.at()).isEqualTo(lastEvent(ended.id()).at());
          assertThat(ended.task()).isEqualTo(task(ended.id()));
        });
    assertThat(relayed()).isEmpty();
  }

  /// By the statement that settles what a worker merely held.
  private TaskId heldAndCompleted() {
    TaskId task = submitted("echo");
    try (var hold = worker("echo").hold(1)) {
      hold.settle(Map.of(hold.leases().getFirst(), "{}"), List.of());
    }
    return task;
  }

  @Test
  void a_task_that_is_lost_too_often_is_told_too() {
    added("ada");
    TaskId task = submitted("echo");
    for (int losses = 0; losses <= 10; losses++) {
      claimed(worker("w" + losses, LEASE_FOR, "echo"), task);
      rescueAfterSilence();
    }

    assertThat(relayed())
        .singleElement()
        .satisfies(ended -> assertThat(ended.outcome()).isEqualTo("failed"));
  }

  @Test
  void what_ends_is_told_to_its_owner_alone_and_only_as_far_as_wanted() {
    Webhook all = added("ada");
    Webhook failures = with(added("ada"), List.of("task.failed"), true);
    Webhook off = with(added("ada"), Webhook.EVENTS, false);
    webhooks().replace(failures);
    webhooks().replace(off);
    added("bob");
    ended("echo", new Outcome.Completed("{}"));
    ended("echo", new Outcome.Failed(BROKEN));

    assertThat(relayed())
        .extracting(ended -> ended.receivers().stream().map(Receiver::webhook).toList())
        .containsExactly(List.of(all.id()), List.of(all.id(), failures.id()));
  }

  @Test
  void nothing_is_told_of_what_ended_before_anybody_wanted_to_know() {
    ended("echo", new Outcome.Completed("{}"));
    added("ada");

    assertThat(relayed()).isEmpty();
  }

  @Test
  void a_retried_task_is_told_again_when_it_ends_again() {
    added("ada");
    TaskId task = ended("echo", new Outcome.Failed(BROKEN));
    assertThat(relayed())
        .singleElement()
        .satisfies(first -> assertThat(first.outcome()).isEqualTo("failed"));

    store().tasks().retry(task);
    assertThat(relayed()).isEmpty();
    end(claimed(worker("echo"), task), new Outcome.Completed("{}"));
    assertThat(relayed())
        .singleElement()
        .satisfies(second -> assertThat(second.outcome()).isEqualTo("completed"));
  }

  @Test
  void a_task_with_a_callback_is_told_to_its_address_and_signed_for_its_owner() {
    NewTask asked = TaskDraft.of("echo").callbackUrl("https://example.com/callback").task();
    store().tasks().submit(List.of(asked));
    end(claimed(worker("echo"), asked.id()), new Outcome.Completed("{}"));
    ended("echo", new Outcome.Completed("{}"));

    List<Ended> told = relayed();

    Webhook signing = webhooks().list("ada", null, 10).getFirst();
    assertThat(signing.url()).isNull();
    assertThat(told)
        .singleElement()
        .satisfies(ended -> {
          assertThat(ended.id()).isEqualTo(asked.id());
          assertThat(ended.receivers())
              .containsExactly(new Receiver(signing.id(), "https://example.com/callback"));
        });
  }

  @Test
  void where_a_task_calls_back_can_be_asked() {
    NewTask asked = TaskDraft.of("echo").callbackUrl("https://example.com/callback").task();
    store().tasks().submit(List.of(asked));

    assertThat(webhooks().callbackUrl(asked.id())).contains("https://example.com/callback");
    assertThat(webhooks().callbackUrl(submitted("echo"))).isEmpty();
    assertThat(webhooks().callbackUrl(TaskId.next())).isEmpty();
  }

  @Test
  void a_batch_is_told_once_when_its_last_task_has_ended_to_those_who_want_to_know() {
    Webhook webhook = added("ada");
    webhooks().replace(with(added("ada"), Webhook.TASK_EVENTS, true));
    webhooks().replace(with(added("ada"), Webhook.EVENTS, false));
    added("bob");
    List<TaskId> tasks = batch(3);
    end(claimed(worker("echo"), tasks.get(0)), new Outcome.Completed("{}"));
    end(claimed(worker("echo"), tasks.get(1)), new Outcome.Failed(BROKEN));
    ended("sleep", new Outcome.Completed("{}"));
    assertThat(completedBatches()).isEmpty();

    store().tasks().cancel(tasks.get(2));

    assertThat(completedBatches())
        .singleElement()
        .satisfies(told -> {
          assertThat(told.batch().id()).isEqualTo(tasks.getFirst().value());
          assertThat(told.batch().total()).isEqualTo(3);
          assertThat(told.batch().count(TaskStatus.FAILED)).isEqualTo(1);
          assertThat(told.at()).isEqualTo(lastEvent(tasks.get(2)).at());
          assertThat(told.receivers()).containsExactly(new Receiver(webhook.id(), URL));
        });
    assertThat(webhooks().deliveries(webhook.id(), null, 10))
        .extracting(Delivery::event, Delivery::subject)
        .containsExactly(tuple(Webhook.BATCH_COMPLETED, tasks.getFirst()));
  }

  @Test
  void a_batch_whose_task_is_retried_is_not_told_again() {
    Webhook webhook = added("ada");
    List<TaskId> tasks = batch(2);
    end(claimed(worker("echo"), tasks.get(0)), new Outcome.Failed(BROKEN));
    end(claimed(worker("echo"), tasks.get(1)), new Outcome.Completed("{}"));
    assertThat(completedBatches()).hasSize(1);

    store().tasks().retry(tasks.get(0));
    end(claimed(worker("echo"), tasks.get(0)), new Outcome.Completed("{}"));

    assertThat(completedBatches()).isEmpty();
    assertThat(webhooks().deliveries(webhook.id(), null, 10)).hasSize(1);
  }

  @Test
  void of_eight_nodes_that_relay_the_ends_of_a_batch_one_tells_that_it_completed()
      throws Exception {
    Webhook webhook = added("ada");
    batch(40);
    for (Lease lease : worker("echo").claim(40)) {
      end(lease, new Outcome.Completed("{}"));
    }
    Callable<Integer> node = () -> completedBatches(3).size();

    Race.between(Collections.nCopies(8, node));
    while (webhooks().relay(10, toldOfBatches(new ArrayList<>())) > 0) {
      // What was locked by another node in the race is left for later.
    }

    assertThat(webhooks().deliveries(webhook.id(), null, 100)).hasSize(1);
    assertThat(listed(Carrier.TYPE)).hasSize(1);
  }

  private List<TaskId> batch(int size) {
    TaskId first = TaskId.next();
    List<NewTask> tasks = new ArrayList<>();
    tasks.add(TaskDraft.of("echo").batch(first.value()).task(first));
    while (tasks.size() < size) {
      tasks.add(TaskDraft.of("echo").batch(first.value()).task());
    }
    store().tasks().submit(tasks);
    return tasks.stream().map(NewTask::id).toList();
  }

  private List<CompletedBatch> completedBatches() {
    return completedBatches(100);
  }

  /// The batches of which is told now, each with its deliveries; single tasks are told to nobody.
  private List<CompletedBatch> completedBatches(int limit) {
    List<CompletedBatch> told = Collections.synchronizedList(new ArrayList<>());
    webhooks().relay(limit, toldOfBatches(told));
    return told;
  }

  private static Composer toldOfBatches(List<CompletedBatch> told) {
    return new Composer() {
      @Override
      public List<NewDelivery> deliveries(Ended ended) {
        return List.of();
      }

      @Override
      public List<NewDelivery> deliveries(CompletedBatch batch) {
        told.add(batch);
        return batch.receivers().stream().map(one -> delivery(batch, one)).toList();
      }
    };
  }

  private static NewDelivery delivery(CompletedBatch batch, Receiver receiver) {
    return new NewDelivery(
        TaskId.next().value(),
        receiver.webhook(),
        new TaskId(batch.batch().id()),
        Webhook.BATCH_COMPLETED,
        receiver.url(),
        "{}",
        TaskDraft.of(Carrier.TYPE).task());
  }

  @Test
  void deliveries_are_made_together_with_the_tasks_that_carry_them() {
    Webhook webhook = added("ada");
    TaskId ended = ended("echo", new Outcome.Completed("{}"));

    Delivery delivery = delivered();

    assertThat(delivery.webhook()).isEqualTo(webhook.id());
    assertThat(delivery.subject()).isEqualTo(ended);
    assertThat(delivery.status()).isEqualTo(Delivery.Status.PENDING);
    assertThat(delivery.payload()).isEqualTo("{\"of\":\"" + ended + "\"}");
    assertThat(task(delivery.carrier()).type()).isEqualTo(Carrier.TYPE);
    assertThat(webhooks().deliveries(webhook.id(), null, 10)).containsExactly(delivery);
    assertThat(webhooks().deliveries(webhook.id(), delivery.id(), 10)).isEmpty();
  }

  @Test
  void what_carries_deliveries_is_listed_only_for_those_who_ask_and_is_not_told_itself() {
    added("ada");
    TaskId ended = ended("echo", new Outcome.Completed("{}"));
    Delivery delivery = delivered();

    assertThat(listed(null)).containsExactly(ended);
    assertThat(listed(Carrier.TYPE)).containsExactly(delivery.carrier());
    end(claimed(worker(Carrier.TYPE), delivery.carrier()), new Outcome.Completed("{}"));
    assertThat(relayed()).isEmpty();
  }

  private List<TaskId> listed(@Nullable String type) {
    return store().tasks().list(new TaskFilter("ada", null, type, null, null, null, 10)).stream()
        .map(one -> one.id())
        .toList();
  }

  @Test
  void a_delivery_knows_its_tries() {
    added("ada");
    ended("echo", new Outcome.Completed("{}"));
    Delivery fresh = delivered();

    webhooks().tried(fresh.id(), BADLY, PATIENCE);
    Delivery failed = found(fresh);
    assertThat(failed.tries()).isEqualTo(1);
    assertThat(failed.last())
        .isNotNull()
        .satisfies(last -> {
          assertThat(last.status()).isEqualTo(500);
          assertThat(last.error()).isEqualTo(BADLY.error());
          assertThat(last.answer()).isEqualTo("oops");
        });
    assertThat(failed.status()).isEqualTo(Delivery.Status.PENDING);

    webhooks().tried(fresh.id(), WELL, PATIENCE);
    assertThat(found(fresh).status()).isEqualTo(Delivery.Status.DELIVERED);
    assertThat(found(fresh).tries()).isEqualTo(2);
  }

  @Test
  void a_delivery_whose_carrier_gave_up_has_failed_until_it_is_sent_again() {
    added("ada");
    ended("echo", new Outcome.Completed("{}"));
    Delivery fresh = delivered();
    webhooks().tried(fresh.id(), BADLY, PATIENCE);
    end(claimed(worker(Carrier.TYPE), fresh.carrier()), new Outcome.Failed(BROKEN));
    assertThat(found(fresh).status()).isEqualTo(Delivery.Status.FAILED);

    NewTask carrier = TaskDraft.of(Carrier.TYPE).task();
    assertThat(webhooks().redeliver(fresh.id(), carrier)).isTrue();

    assertThat(found(fresh).status()).isEqualTo(Delivery.Status.PENDING);
    assertThat(found(fresh).carrier()).isEqualTo(carrier.id());
    assertThat(found(fresh).payload()).isEqualTo(fresh.payload());
    assertThat(webhooks().redeliver(TaskId.next().value(), TaskDraft.of("echo").task())).isFalse();
  }

  @Test
  void a_webhook_that_fails_for_days_is_disabled_and_one_good_answer_in_between_saves_it() {
    Webhook webhook = added("ada");
    ended("echo", new Outcome.Completed("{}"));
    Delivery delivery = delivered();

    assertThat(webhooks().tried(delivery.id(), BADLY, PATIENCE)).isEmpty();
    assertThat(found(webhook).failingSince()).isNotNull();
    store().timePasses(Duration.ofDays(3));
    assertThat(webhooks().tried(delivery.id(), BADLY, PATIENCE)).isEmpty();
    webhooks().tried(delivery.id(), WELL, PATIENCE);
    assertThat(found(webhook).failingSince()).isNull();
    store().timePasses(Duration.ofDays(3));
    assertThat(webhooks().tried(delivery.id(), BADLY, PATIENCE)).isEmpty();
    store().timePasses(Duration.ofDays(6));
    assertThat(webhooks().tried(delivery.id(), BADLY, PATIENCE)).isPresent();

    assertThat(found(webhook).enabled()).isFalse();
    assertThat(found(webhook).disabledReason()).contains("has failed");
    assertThat(webhooks().tried(delivery.id(), BADLY, PATIENCE)).isEmpty();
  }

  @Test
  void a_receiver_that_is_gone_disables_its_webhook_at_once_but_never_the_callbacks() {
    Webhook webhook = added("ada");
    ended("echo", new Outcome.Completed("{}"));
    assertThat(webhooks().tried(delivered().id(), GONE, PATIENCE)).isPresent();
    assertThat(found(webhook).enabled()).isFalse();

    NewTask asked = TaskDraft.of("echo").callbackUrl("https://example.com/callback").task();
    store().tasks().submit(List.of(asked));
    end(claimed(worker("echo"), asked.id()), new Outcome.Completed("{}"));
    assertThat(webhooks().tried(delivered().id(), GONE, PATIENCE)).isEmpty();
    assertThat(webhooks().list("ada", null, 10)).filteredOn(Webhook::enabled).hasSize(1);
  }

  @Test
  void old_deliveries_are_forgotten() {
    added("ada");
    ended("echo", new Outcome.Completed("{}"));
    Delivery old = delivered();
    store().timePasses(Duration.ofDays(2));
    ended("echo", new Outcome.Completed("{}"));
    Delivery recent = delivered();

    assertThat(webhooks().forget(Duration.ofDays(1))).isEqualTo(1);
    assertThat(webhooks().delivery(old.id())).isEmpty();
    assertThat(webhooks().delivery(recent.id())).isPresent();
  }

  @Test
  void of_eight_nodes_that_relay_at_once_one_tells_each_end() throws Exception {
    Webhook webhook = added("ada");
    Session session = worker("echo");
    for (int i = 0; i < 40; i++) {
      submitted("echo");
    }
    for (Lease lease : session.claim(40)) {
      end(lease, new Outcome.Completed("{}"));
    }
    Callable<Integer> node =
        () -> {
          int told = 0;
          for (int some = relay(3); some > 0; some = relay(3)) {
            told += some;
          }
          return told;
        };

    List<Integer> told = Race.between(Collections.nCopies(8, node));

    int left = node.call();
    assertThat(told.stream().mapToInt(Integer::intValue).sum() + left).isEqualTo(40);
    assertThat(webhooks().deliveries(webhook.id(), null, 100))
        .hasSize(40)
        .extracting(Delivery::subject)
        .doesNotHaveDuplicates();
  }

  private int relay(int limit) {
    return webhooks().relay(limit, ended -> List.of(delivery(ended)));
  }

  private WebhookStore webhooks() {
    return store().webhooks();
  }

  private Webhook added(String owner) {
    Instant now = webhooks().now().truncatedTo(ChronoUnit.MICROS);
    Webhook webhook =
        new Webhook(
            WebhookId.next(),
            owner,
            URL,
            Webhook.EVENTS,
            "Für die Tests",
            true,
            null,
            new Secrets(Secret.random(), Secret.random(), now.plusSeconds(60)),
            null,
            now,
            now);
    webhooks().add(webhook);
    return webhook;
  }

  private static Webhook with(Webhook one, List<String> events, boolean enabled) {
    return new Webhook(
        one.id(),
        one.owner(),
        one.url(),
        events,
        one.description(),
        enabled,
        enabled ? null : "a test wants it so",
        one.secrets(),
        one.failingSince(),
        one.createdAt(),
        one.updatedAt());
  }

  private Webhook found(Webhook webhook) {
    return webhooks().find(webhook.id()).orElseThrow();
  }

  private Delivery found(Delivery delivery) {
    return webhooks().delivery(delivery.id()).orElseThrow();
  }

  /// What is to be told, oldest end first; nothing is sent.
  private List<Ended> relayed() {
    List<Ended> told = new ArrayList<>();
    webhooks()
        .relay(
            100,
            ended -> {
              told.add(ended);
              return List.of();
            });
    return told;
  }

  /// The delivery of the only end that is to be told.
  private Delivery delivered() {
    List<NewDelivery> made = new ArrayList<>();
    webhooks()
        .relay(
            100,
            ended -> {
              made.add(delivery(ended));
              return List.of(made.getLast());
            });
    assertThat(made).hasSize(1);
    return webhooks().delivery(made.getFirst().id()).orElseThrow();
  }

  private static NewDelivery delivery(Ended ended) {
    Receiver receiver = ended.receivers().getFirst();
    return new NewDelivery(
        TaskId.next().value(),
        receiver.webhook(),
        ended.id(),
        "task." + ended.outcome(),
        receiver.url(),
        "{\"of\":\"" + ended.id() + "\"}",
        TaskDraft.of(Carrier.TYPE).task());
  }
}
