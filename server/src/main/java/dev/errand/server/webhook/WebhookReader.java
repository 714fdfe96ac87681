package dev.errand.server.webhook;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.webhook.Webhook;
import dev.errand.engine.webhook.WebhookDraft;
import dev.errand.server.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Reads a webhook as a caller writes it, and names everything that is wrong with it at once.
final class WebhookReader {
  static final List<String> FIELDS = List.of("url", "events", "description", "enabled");

  private WebhookReader() {}

  /// @param body `{url, events?, description?, enabled?}`; without events it is told of all
  /// @throws Problem.Refused naming each bad field
  static WebhookDraft read(ObjectNode body) {
    Fields fields = new Fields(body).only(FIELDS).require("url");
    String url = fields.text("url").orElse("");
    List<String> events = fields.has("events") ? fields.texts("events") : Webhook.EVENTS;
    String description = fields.text("description").orElse("");
    Optional<Boolean> enabled = fields.yesOrNo("enabled");
    List<Violation> violations = new ArrayList<>(fields.violations());
    try {
      WebhookDraft draft = new WebhookDraft(url, events, description, enabled.orElse(null));
      if (violations.isEmpty()) {
        return draft;
      }
    } catch (InvalidParams outOfBounds) {
      outOfBounds.violations().stream()
          .filter(
              more -> violations.stream().noneMatch(one -> one.pointer().equals(more.pointer())))
          .toList()
          .forEach(violations::add);
    }
    throw new Problem.InvalidWebhook(violations).refused();
  }
}
