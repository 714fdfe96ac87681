package dev.errand.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A queue as the server described it.
///
/// @param concurrencyLimit how many of its tasks may run at a time, absent without a limit
/// @param waiting tasks that are due
/// @param later tasks that are not due yet
/// @param json everything the server said
public record Queue(
    String name,
    boolean paused,
    @Nullable Integer concurrencyLimit,
    long waiting,
    long later,
    long running,
    JsonNode json) {

  static Queue of(JsonNode json) {
    JsonNode limit = json.path("concurrency_limit");
    return new Queue(
        json.path("name").asString(),
        json.path("paused").asBoolean(false),
        limit.isInt() ? limit.intValue() : null,
        json.path("waiting").asLong(0),
        json.path("later").asLong(0),
        json.path("running").asLong(0),
        json);
  }
}
