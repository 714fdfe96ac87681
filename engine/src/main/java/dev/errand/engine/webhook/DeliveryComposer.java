package dev.errand.engine.webhook;

import dev.errand.engine.attempt.Json;
import dev.errand.engine.task.Batch;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.webhook.WebhookStore.CompletedBatch;
import dev.errand.engine.webhook.WebhookStore.Composer;
import dev.errand.engine.webhook.WebhookStore.Ended;
import dev.errand.engine.webhook.WebhookStore.NewDelivery;
import dev.errand.engine.webhook.WebhookStore.Receiver;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says in JSON how a task ended, and how the tasks of a batch did.
public record DeliveryComposer(Json json) implements Composer {
  /// Receivers are promised small bodies; a longer result is to be fetched.
  private static final int MAX_RESULT = 16_000;

  /// The body of every delivery.
  ///
  /// @param type such as `task.completed`
  /// @param data [Data] of a task, [BatchData] of a batch
  record Body(String type, Instant timestamp, Object data) {}

  /// @param event the number of the task's event that says the same
  /// @param result present when the task was completed and the result is not too long
  /// @param resultOmitted whether there is a result that is too long to be sent
  record Data(
      String taskId,
      long event,
      String status,
      @Nullable String type,
      @Nullable List<String> tags,
      @Nullable Integer attempt,
      @Nullable Instant createdAt,
      Instant finishedAt,
      @Nullable Object result,
      boolean resultOmitted,
      @Nullable Cause error,
      Links links) {}

  record Cause(String code, String message) {
    static @Nullable Cause of(@Nullable TaskError error) {
      return error == null ? null : new Cause(error.code(), error.message());
    }
  }

  record Links(String self, String events) {}

  /// @param total tasks, of which some may have been pruned before the last one ended
  record BatchData(
      String batchId, int total, int completed, int failed, int cancelled, BatchLinks links) {}

  record BatchLinks(String self) {}

  @Override
  public List<NewDelivery> deliveries(Ended ended) {
    if (ended.receivers().isEmpty()) {
      return List.of();
    }
    String event = "task." + ended.outcome();
    String body = json.write(new Body(event, ended.at(), data(ended)));
    return ended.receivers().stream()
        .map(one -> delivery(ended.id(), ended.owner(), event, one, body))
        .toList();
  }

  @Override
  public List<NewDelivery> deliveries(CompletedBatch completed) {
    Batch batch = completed.batch();
    String body =
        json.write(
            new Body(
                Webhook.BATCH_COMPLETED,
                completed.at(),
                new BatchData(
                    batch.id().toString(),
                    batch.total(),
                    batch.count(TaskStatus.COMPLETED),
                    batch.count(TaskStatus.FAILED),
                    batch.count(TaskStatus.CANCELLED),
                    new BatchLinks("/batches/" + batch.id()))));
    TaskId first = new TaskId(batch.id());
    return completed.receivers().stream()
        .map(one -> delivery(first, batch.owner(), Webhook.BATCH_COMPLETED, one, body))
        .toList();
  }

  private static NewDelivery delivery(
      TaskId subject, String owner, String event, Receiver receiver, String body) {
    var id = TaskId.next().value();
    return new NewDelivery(
        id, receiver.webhook(), subject, event, receiver.url(), body, Carrier.of(id, owner));
  }

  private Data data(Ended ended) {
    Task task = ended.task();
    String result = task == null ? null : task.result();
    boolean tooLong = result != null && result.length() > MAX_RESULT;
    String self = "/tasks/" + ended.id();
    return new Data(
        ended.id().toString(),
        ended.number(),
        ended.outcome(),
        task == null ? null : task.type(),
        task == null ? null : task.tags(),
        task == null ? null : task.attempt(),
        task == null ? null : task.createdAt(),
        ended.at(),
        result == null || tooLong ? null : parsed(result),
        tooLong,
        task == null ? null : Cause.of(task.error()),
        new Links(self, self + "/events"));
  }

  private @Nullable Object parsed(String result) {
    return result.equals("null") ? null : json.read(result, Object.class);
  }
}
