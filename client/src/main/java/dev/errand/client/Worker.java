package dev.errand.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A worker as the server described it.
///
/// @param types the task types it runs
/// @param concurrency attempts it runs at a time at most
/// @param running attempts that it runs now
/// @param alive false when it is silent and its tasks are about to be rescued
/// @param json everything the server said
public record Worker(
    String name,
    List<String> types,
    int concurrency,
    int running,
    boolean alive,
    @Nullable Instant heartbeatAt,
    JsonNode json) {
  public Worker {
    types = List.copyOf(types);
  }

  static Worker of(JsonNode json) {
    return new Worker(
        json.path("name").asString(),
        Json.list(json.path("types"), JsonNode::asString),
        json.path("concurrency").asInt(0),
        json.path("running").asInt(0),
        json.path("alive").asBoolean(false),
        Json.instant(json, "heartbeat_at"),
        json);
  }
}
