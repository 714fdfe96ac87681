package dev.errand.client;

import tools.jackson.databind.JsonNode;

/// What is known of an artifact without its bytes.
///
/// @param name what a person would call the file, such as `report.md`
/// @param type what it is for, such as `fetch_text`
/// @param size in bytes
/// @param sha256 of the bytes, lower-case hex
/// @param json everything the server said
public record Artifact(
    String id,
    String name,
    String type,
    String contentType,
    long size,
    String sha256,
    JsonNode json) {

  static Artifact of(JsonNode json) {
    return new Artifact(
        json.path("id").asString(),
        json.path("name").asString(),
        json.path("type").asString(),
        json.path("content_type").asString(),
        json.path("size").asLong(0),
        json.path("sha256").asString(),
        json);
  }
}
