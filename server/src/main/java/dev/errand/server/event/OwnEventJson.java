package dev.errand.server.event;

import dev.errand.engine.event.Feed.OwnEvent;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// An event among those of all one's tasks, as the API shows it.
///
/// @param id where to go on after it
/// @param number within its task, from 1
public record OwnEventJson(
    String id, String taskId, long number, String type, Instant at, JsonNode data) {
  static OwnEventJson of(OwnEvent own, JsonNode data) {
    return new OwnEventJson(
        own.place().toString(),
        own.place().task().toString(),
        own.event().number(),
        own.event().type(),
        own.event().at(),
        data);
  }
}
