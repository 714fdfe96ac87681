package dev.errand.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An API key as the server described it.
///
/// @param prefix how the key begins
/// @param expiresAt absent for one that does not end by itself
/// @param lastUsedAt absent for one that was never used
/// @param key the key itself, only of one that was just made
/// @param json everything the server said
public record ApiKey(
    String id,
    String owner,
    String name,
    String prefix,
    List<String> scopes,
    boolean revoked,
    @Nullable String expiresAt,
    @Nullable String lastUsedAt,
    @Nullable String key,
    JsonNode json) {
  public ApiKey {
    scopes = List.copyOf(scopes);
  }

  static ApiKey of(JsonNode json) {
    return new ApiKey(
        json.path("id").asString(),
        json.path("owner").asString(),
        json.path("name").asString(),
        json.path("prefix").asString(),
        Json.list(json.path("scopes"), JsonNode::asString),
        json.hasNonNull("revoked_at"),
        Json.text(json, "expires_at"),
        Json.text(json, "last_used_at"),
        Json.text(json, "key"),
        json);
  }

  @Override
  public String toString() {
    return "ApiKey[" + id + ", ***]";
  }
}
