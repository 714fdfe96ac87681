package dev.errand.server.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.errand.engine.task.Waiting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why a task does not run yet, as the API shows it.
///
/// @param reason stable, in snake_case
/// @param detail for people
/// @param position how many tasks of the same lane go first; for `workers_busy` only
public record WaitingJson(
    String reason,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer position) {
  /// @param expiresAt when it fails unless it was started before, absent for never
  static WaitingJson of(Waiting waiting, @Nullable Instant expiresAt) {
    WaitingJson why = of(waiting);
    return expiresAt == null
        ? why
        : new WaitingJson(
            why.reason(),
            "%s Unless it is started before %s, it fails as expired."
                .formatted(why.detail(), expiresAt),
            why.position());
  }

  private static WaitingJson of(Waiting waiting) {
    return switch (waiting) {
      case Waiting.NotDue(var until) -> of("not_due", "It may start at %s.".formatted(until));
      case Waiting.RetryBackoff(var until) ->
          of("retry_backoff", "An attempt failed; the next one may start at %s.".formatted(until));
      case Waiting.QueuePaused(var queue) ->
          of("queue_paused", "The queue %s is paused.".formatted(queue));
      case Waiting.NoWorkerForType(var type) ->
          of("no_worker_for_type", "No worker that runs now knows the type %s.".formatted(type));
      case Waiting.QueueLimit(var queue, var limit) ->
          of(
              "queue_limit",
              "The queue %s runs %d at a time, and as many run.".formatted(queue, limit));
      case Waiting.ConcurrencyKey(var key, var limit) ->
          of(
              "concurrency_key",
              "With the key %s %d may run at a time, and as many run.".formatted(key, limit));
      case Waiting.InLine(var before, _) -> inLine(before);
    };
  }

  private static WaitingJson of(String reason, String detail) {
    return new WaitingJson(reason, detail, null);
  }

  private static WaitingJson inLine(int before) {
    String many = before < Waiting.InLine.COUNTED ? "%d" : "%d or more";
    String detail = "It is due; " + many + " of its owner's tasks go first, others take turns.";
    return new WaitingJson("workers_busy", detail.formatted(before), before);
  }
}
