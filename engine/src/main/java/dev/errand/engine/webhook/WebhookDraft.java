package dev.errand.engine.webhook;

import dev.errand.engine.attempt.InvalidParams.Check;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A webhook as a caller wants it.
///
/// @param events one or more of [Webhook#EVENTS]
/// @param enabled absent to leave it as it is, which is on for a new one
public record WebhookDraft(
    String url, List<String> events, String description, @Nullable Boolean enabled) {
  private static final int MAX_DESCRIPTION = 500;

  /// @throws dev.errand.engine.attempt.InvalidParams naming each field that is out of bounds
  public WebhookDraft {
    events = List.copyOf(events);
    new Check()
        .that(
            !events.isEmpty()
                && Webhook.EVENTS.containsAll(events)
                && new HashSet<>(events).size() == events.size(),
            "/events",
            "must be one or more of " + String.join(", ", Webhook.EVENTS) + ", each once")
        .that(
            description.length() <= MAX_DESCRIPTION && description.indexOf('\0') < 0,
            "/description",
            "must be 500 characters at most")
        .orThrow();
  }
}
