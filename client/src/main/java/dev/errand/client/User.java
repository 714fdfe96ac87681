package dev.errand.client;

import tools.jackson.databind.JsonNode;

/// A user of the server as it described them.
///
/// @param json everything the server said
public record User(String name, String role, boolean disabled, String createdAt, JsonNode json) {
  static User of(JsonNode json) {
    return new User(
        json.path("name").asString(),
        json.path("role").asString(),
        json.path("disabled").asBoolean(false),
        json.path("created_at").asString(),
        json);
  }
}
