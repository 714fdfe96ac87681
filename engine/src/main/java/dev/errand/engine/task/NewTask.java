package dev.errand.engine.task;

import dev.errand.engine.budget.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A task as it is submitted: checked, with every default filled in.
///
/// @param params the handler's parameters, JSON text
/// @param timeout how long one attempt may run
/// @param maxRetries how many failed attempts may be followed by another, 0 to 100
/// @param due when it may start, by the database's clock
/// @param traceId ties log lines to the request that submitted the task
/// @param concurrencyKey of its owner's tasks in the queue with this key only so many run at once
///   as the queue allows for a key, usually one; absent for no such limit
/// @param ttl how long after it is due it may be started at the latest; absent for whenever
/// @param budget what all its attempts together may spend, if that is less than the installation's
/// @param batch the batch it was submitted with, absent when it came alone
/// @param idempotency absent when the caller sent no key
/// @param callbackUrl who is told of its end beside its owner's webhooks; absent for nobody
public record NewTask(
    TaskId id,
    String owner,
    String type,
    String params,
    String queue,
    Priority priority,
    Duration timeout,
    int maxRetries,
    Due due,
    List<String> tags,
    String traceId,
    @Nullable String concurrencyKey,
    @Nullable Duration ttl,
    Allowance budget,
    @Nullable UUID batch,
    @Nullable Idempotency idempotency,
    @Nullable String callbackUrl) {

  public NewTask {
    tags = List.copyOf(tags);
  }

  /// When a task may start.
  public sealed interface Due {
    record Now() implements Due {}

    record After(Duration delay) implements Due {}

    record At(Instant moment) implements Due {}
  }

  /// The caller's key for this submission, and a fingerprint of what was submitted under it.
  ///
  /// @param fingerprint equal for equal submissions; compared when a key comes back
  public record Idempotency(String key, String fingerprint) {}
}
