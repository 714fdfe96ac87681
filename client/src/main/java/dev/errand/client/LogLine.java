package dev.errand.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One line of a task's log.
///
/// @param number from 1 without gaps within a task
/// @param level one of `debug info warn error`
/// @param json everything the server said
public record LogLine(long number, @Nullable Instant at, String level, String text, JsonNode json) {

  static LogLine of(JsonNode json) {
    return new LogLine(
        json.path("number").asLong(0),
        Json.instant(json, "at"),
        json.path("level").asString(),
        json.path("text").asString(),
        json);
  }
}
