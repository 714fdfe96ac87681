package dev.errand.engine.webhook;

import dev.errand.engine.task.TaskId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One event on its way to one address.
///
/// @param id a UUIDv7, the same for every try, by which a receiver knows a repetition
/// @param webhook whose secrets sign it
/// @param subject the task that ended; of a batch its first, whose id is the batch's
/// @param payload the body, the same for every try
/// @param carrier the task that brings it there, the latest one after a redelivery
/// @param tries how often it was sent
/// @param last how the latest try went, absent before the first
public record Delivery(
    UUID id,
    WebhookId webhook,
    String owner,
    TaskId subject,
    String event,
    String url,
    String payload,
    TaskId carrier,
    Status status,
    int tries,
    @Nullable Try last,
    Instant createdAt,
    @Nullable Instant deliveredAt) {

  public enum Status {
    /// Will be tried, or tried again.
    PENDING,
    DELIVERED,
    /// Not tried any more, unless somebody asks for it.
    FAILED
  }

  /// One try.
  ///
  /// @param status of the answer, absent when there was none
  /// @param error why it was not taken; absent when it was
  /// @param answer the first bytes of the answer's body, as text
  public record Try(
      Instant at, @Nullable Integer status, @Nullable String error, @Nullable String answer) {}
}
