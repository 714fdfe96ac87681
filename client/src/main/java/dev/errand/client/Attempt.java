package dev.errand.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One numbered run of a task.
///
/// @param outcome absent while it runs
/// @param json everything the server said
public record Attempt(
    int number,
    String worker,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String outcome,
    Task.@Nullable TaskError error,
    JsonNode json) {

  static Attempt of(JsonNode json) {
    return new Attempt(
        json.path("number").asInt(0),
        json.path("worker").asString(),
        Json.instant(json, "started_at"),
        Json.instant(json, "ended_at"),
        Json.text(json, "outcome"),
        Task.TaskError.of(json.path("error")),
        json);
  }
}
