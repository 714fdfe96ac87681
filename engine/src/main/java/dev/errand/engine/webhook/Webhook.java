package dev.errand.engine.webhook;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whom to tell of the ends of its owner's tasks, as it stands now.
///
/// Each owner who submits tasks with a `callback_url` has one without an address: it signs those
/// calls and keeps their deliveries.
///
/// @param url absent for the one of the callbacks, whose tasks say where to call
/// @param events of which it is told, some of [#EVENTS]
/// @param description for people; may be empty
/// @param disabledReason why it was switched off by itself; absent while it is on, and where its
///   owner switched it off
/// @param failingSince the first failed call since the last good one
public record Webhook(
    WebhookId id,
    String owner,
    @Nullable String url,
    List<String> events,
    String description,
    boolean enabled,
    @Nullable String disabledReason,
    Secrets secrets,
    @Nullable Instant failingSince,
    Instant createdAt,
    Instant updatedAt) {
  /// The ends of a single task.
  public static final List<String> TASK_EVENTS =
      List.of("task.completed", "task.failed", "task.cancelled");

  /// The last task of a batch has ended, however it did.
  public static final String BATCH_COMPLETED = "batch.completed";

  /// Every event that there is.
  public static final List<String> EVENTS =
      Stream.concat(TASK_EVENTS.stream(), Stream.of(BATCH_COMPLETED)).toList();

  public Webhook {
    events = List.copyOf(events);
  }

  /// What the one for callbacks is described as.
  public static final String FOR_CALLBACKS = "Signs the calls to the callback_url of single tasks";

  Webhook changed(WebhookDraft draft, Instant now) {
    boolean on = draft.enabled() == null ? enabled : draft.enabled();
    boolean stays = on == enabled;
    return new Webhook(
        id,
        owner,
        url == null ? null : draft.url(),
        draft.events(),
        draft.description(),
        on,
        stays ? disabledReason : null,
        secrets,
        stays ? failingSince : null,
        createdAt,
        now);
  }

  Webhook rotated(Instant until, Instant now) {
    return new Webhook(
        id,
        owner,
        url,
        events,
        description,
        enabled,
        disabledReason,
        secrets.rotated(until),
        failingSince,
        createdAt,
        now);
  }
}
