package dev.errand.cli.view;

import dev.errand.client.Event;
import tools.jackson.databind.JsonNode;

/// Says an event in a few words.
final class EventWords {
  private EventWords() {}

  static String of(Event event) {
    return Terminal.plain(words(event));
  }

  private static String words(Event event) {
    JsonNode data = event.data();
    return switch (event.type()) {
      case "progress" -> percent(event) + "%" + after(" ", data.path("message").asString());
      case "step_started" -> "step " + data.path("step").asString() + " started";
      case "step_completed" -> "step " + data.path("step").asString() + " completed";
      case "step_reused" -> "step " + data.path("step").asString() + " was done before";
      case "artifact_stored" ->
          "stored " + data.path("name").asString() + " " + data.path("artifact_id").asString();
      case "retrying" -> "will try again" + delay(data) + reason(data);
      case "released" -> "given back by its worker";
      case "lost" -> "its worker is gone";
      case "cancel_requested" -> "asked to stop";
      case "failed" -> "failed" + reason(data);
      default -> event.type().replace('_', ' ');
    };
  }

  /// The percentage of a `progress` event.
  static int percent(Event event) {
    return Math.clamp(event.data().path("percent").asInt(0), 0, 100);
  }

  private static String delay(JsonNode data) {
    JsonNode seconds = data.path("delay_seconds");
    return seconds.isNumber() ? " in " + seconds.asString() + " s" : "";
  }

  private static String reason(JsonNode data) {
    return after(": ", data.path("message").asString());
  }

  private static String after(String separator, String text) {
    return text.isEmpty() ? "" : separator + text;
  }
}
