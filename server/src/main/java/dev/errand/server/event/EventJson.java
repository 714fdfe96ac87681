package dev.errand.server.event;

import dev.errand.engine.event.Event;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// An event as the API shows it.
///
/// @param id its number within the task, from 1
public record EventJson(long id, String type, Instant at, JsonNode data) {
  static EventJson of(Event event, JsonNode data) {
    return new EventJson(event.number(), event.type(), event.at(), data);
  }
}
