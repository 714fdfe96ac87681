package dev.errand.engine.webhook;

import dev.errand.engine.task.Batch;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where webhooks, the ends that are still to be told and their deliveries are kept.
///
/// The end of a task whose owner has an enabled webhook, or that has a callback, is noted in the
/// very statement that ends it: killing any process at any moment loses none. Thread-safe; every
/// method may block and may throw [dev.errand.engine.task.StoreUnavailable].
public interface WebhookStore {

  /// The present by the store's clock.
  Instant now();

  void add(Webhook webhook);

  Optional<Webhook> find(WebhookId id);

  /// One page of webhooks, newest first.
  ///
  /// @param owner whose, absent for everybody's
  /// @param before only those created before this one
  List<Webhook> list(@Nullable String owner, @Nullable WebhookId before, int limit);

  /// Stores everything of `webhook` that may change.
  ///
  /// @return whether it was there
  boolean replace(Webhook webhook);

  /// Removes a webhook with its deliveries; what is on its way is not sent any more.
  boolean delete(WebhookId id);

  /// Where the end of this one task is told, whoever else hears of it; empty for most.
  Optional<String> callbackUrl(TaskId task);

  /// Turns up to `limit` noted ends into deliveries and the tasks that carry them, all in one
  /// transaction. Any number of nodes may do so at once; each end is told once, and that of a batch
  /// with the last end of its tasks, to each webhook once.
  ///
  /// @return how many ends of tasks it were
  int relay(int limit, Composer composer);

  /// Makes the deliveries of an end; may be asked twice for the same one.
  interface Composer {
    List<NewDelivery> deliveries(Ended ended);

    default List<NewDelivery> deliveries(CompletedBatch batch) {
      return List.of();
    }
  }

  /// A batch whose last task has ended.
  ///
  /// @param batch how many of its tasks ended in which way
  /// @param at when the last of them did
  /// @param receivers who wants to know
  record CompletedBatch(Batch batch, Instant at, List<Receiver> receivers) {
    public CompletedBatch {
      receivers = List.copyOf(receivers);
    }
  }

  /// An end that is to be told.
  ///
  /// @param number of the task's event that said so
  /// @param outcome `completed`, `failed` or `cancelled`
  /// @param task as it ended; absent when it was retried or pruned since
  /// @param receivers who wants to know
  record Ended(
      TaskId id,
      long number,
      String owner,
      String outcome,
      Instant at,
      @Nullable Task task,
      List<Receiver> receivers) {
    public Ended {
      receivers = List.copyOf(receivers);
    }
  }

  record Receiver(WebhookId webhook, String url) {}

  /// @param subject the task that ended; of a batch its first, whose id is the batch's
  /// @param carrier the task that brings it there
  record NewDelivery(
      UUID id,
      WebhookId webhook,
      TaskId subject,
      String event,
      String url,
      String payload,
      NewTask carrier) {}

  Optional<Delivery> delivery(UUID id);

  /// One page of a webhook's deliveries, newest first.
  List<Delivery> deliveries(WebhookId webhook, @Nullable UUID before, int limit);

  /// Notes how a try went. A webhook whose tries have all failed for `patience` is disabled, and so
  /// is one whose receiver said that it is `gone`; the one for callbacks never is.
  ///
  /// @return why the webhook was disabled by this, empty when it was not
  Optional<String> tried(UUID delivery, Sent sent, Duration patience);

  /// How a try went.
  ///
  /// @param status of the answer, absent when there was none
  /// @param error why it was not taken; absent when it was
  /// @param answer the first bytes of the answer's body
  /// @param gone whether the receiver wants no more
  record Sent(
      @Nullable Integer status, @Nullable String error, @Nullable String answer, boolean gone) {}

  /// Sends a delivery again by a new task.
  ///
  /// @return whether there is such a delivery
  boolean redeliver(UUID delivery, NewTask carrier);

  /// Removes deliveries that were made longer ago.
  ///
  /// @return how many
  int forget(Duration olderThan);
}
