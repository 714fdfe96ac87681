package dev.errand.server.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.errand.engine.webhook.Delivery;
import dev.errand.engine.webhook.Webhook;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A delivery as the API shows it.
///
/// @param id that of the delivery; the `webhook-id` of every try is this after `msg_`
/// @param event such as `task.completed`
/// @param taskId the task that ended; of a batch its first, whose id is the batch's
/// @param status `pending`, `delivered` or `failed`
/// @param payload the body
public record DeliveryJson(
    String id,
    String webhookId,
    String event,
    String taskId,
    String url,
    String status,
    int tries,
    @Nullable TryJson lastTry,
    Instant createdAt,
    @Nullable Instant deliveredAt,
    JsonNode payload,
    Links links) {

  /// @param status of the answer, absent when there was none
  /// @param answer its first bytes
  public record TryJson(
      Instant at, @Nullable Integer status, @Nullable String error, @Nullable String answer) {}

  /// @param batch only where a batch is told of
  /// @param carrier the task that brings it there
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Links(
      String self, String redeliver, String task, @Nullable String batch, String carrier) {}

  static DeliveryJson of(Delivery delivery, JsonNode payload) {
    Delivery.Try last = delivery.last();
    String self = "/webhooks/%s/deliveries/%s".formatted(delivery.webhook(), delivery.id());
    return new DeliveryJson(
        delivery.id().toString(),
        delivery.webhook().toString(),
        delivery.event(),
        delivery.subject().toString(),
        delivery.url(),
        delivery.status().name().toLowerCase(Locale.ROOT),
        delivery.tries(),
        last == null ? null : new TryJson(last.at(), last.status(), last.error(), last.answer()),
        delivery.createdAt(),
        delivery.deliveredAt(),
        payload,
        new Links(
            self,
            self + "/redeliver",
            "/tasks/" + delivery.subject(),
            delivery.event().equals(Webhook.BATCH_COMPLETED)
                ? "/batches/" + delivery.subject()
                : null,
            "/tasks/" + delivery.carrier()));
  }
}
