package dev.errand.client;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A fact about a task.
///
/// @param number from 1 without gaps within a task
/// @param type such as `queued`, `progress`, `step_started`, `completed`
/// @param at absent when the server did not say
public record Event(long number, String type, @Nullable Instant at, JsonNode data) {
  private static final Set<String> TERMINAL = Set.of("completed", "failed", "cancelled");

  /// Whether a task ends with this event, unless it is retried.
  public boolean terminal() {
    return terminal(type);
  }

  static boolean terminal(String type) {
    return TERMINAL.contains(type);
  }

  /// The event as the server lists it.
  public JsonNode json() {
    var json = Json.object().put("id", number).put("type", type);
    if (at != null) {
      json.put("at", at.toString());
    }
    return json.set("data", data);
  }

  /// An event of a stream, whose data has its time among what belongs to it.
  static Event streamed(long number, String type, JsonNode data) {
    Instant at = Json.instant(data, "at");
    if (data instanceof ObjectNode object) {
      object.remove("at");
    }
    return new Event(number, type, at, data);
  }

  static Event of(JsonNode json) {
    return new Event(
        json.path("id").asLong(0),
        json.path("type").asString(),
        Json.instant(json, "at"),
        json.path("data"));
  }
}
