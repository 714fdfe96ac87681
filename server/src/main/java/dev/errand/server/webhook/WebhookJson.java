package dev.errand.server.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.errand.engine.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A webhook as the API shows it.
///
/// @param url absent for the one that signs the calls to the `callback_url` of single tasks
/// @param secret in the answer that made it, and never again
/// @param previousSecretUntil until when the secret before signs too
/// @param failingSince the first failed call since the last good one
public record WebhookJson(
    String id,
    @Nullable String url,
    List<String> events,
    String description,
    boolean enabled,
    @Nullable String disabledReason,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret,
    @Nullable Instant previousSecretUntil,
    @Nullable Instant failingSince,
    String owner,
    Instant createdAt,
    Instant updatedAt,
    Links links) {

  public record Links(String self, String deliveries, String rotateSecret) {}

  static WebhookJson of(Webhook webhook) {
    return of(webhook, null);
  }

  static WebhookJson withSecret(Webhook webhook) {
    return of(webhook, webhook.secrets().current().value());
  }

  private static WebhookJson of(Webhook webhook, @Nullable String secret) {
    String self = "/webhooks/" + webhook.id();
    return new WebhookJson(
        webhook.id().toString(),
        webhook.url(),
        webhook.events(),
        webhook.description(),
        webhook.enabled(),
        webhook.disabledReason(),
        secret,
        webhook.secrets().previousUntil(),
        webhook.failingSince(),
        webhook.owner(),
        webhook.createdAt(),
        webhook.updatedAt(),
        new Links(self, self + "/deliveries", self + "/rotate-secret"));
  }
}
