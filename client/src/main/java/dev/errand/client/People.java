package dev.errand.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The users of a server, for its administrators, and one's own API keys. Answers and refusals are
/// as [ErrandClient] has them.
public final class People {
  private final Http http;

  People(Http http) {
    this.http = http;
  }

  public List<User> users() {
    return all("/users", "users", User::of);
  }

  /// @param role `user`, `operator` or `admin`
  public User addUser(String name, String password, String role) {
    return User.of(
        http.post(
            "/users", Json.object().put("name", name).put("password", password).put("role", role)));
  }

  public User setRole(String name, String role) {
    return change(name, Json.object().put("role", role));
  }

  public User setDisabled(String name, boolean disabled) {
    return change(name, Json.object().put("disabled", disabled));
  }

  private User change(String name, ObjectNode body) {
    return User.of(http.post("/users/" + ErrandClient.encoded(name), body));
  }

  /// One's own keys, the newest first.
  public List<ApiKey> keys() {
    return all("/api-keys", "api_keys", ApiKey::of);
  }

  /// @param days until it ends, absent for one that does not
  public ApiKey createKey(String name, List<String> scopes, @Nullable Integer days) {
    ObjectNode body = Json.object().put("name", name);
    body.set("scopes", Json.array(scopes));
    if (days != null) {
      body.put("expires_in_days", days);
    }
    return ApiKey.of(http.post("/api-keys", body));
  }

  public void revokeKey(String id) {
    http.delete("/api-keys/" + ErrandClient.encoded(id));
  }

  private <T> List<T> all(String path, String name, Function<JsonNode, T> reading) {
    List<T> all = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      String query = cursor.isEmpty() ? "" : "&cursor=" + ErrandClient.encoded(cursor);
      JsonNode page = http.get(path + "?limit=200" + query);
      all.addAll(Json.list(page.path(name), reading));
      cursor = Json.text(page, "next_cursor");
    }
    return List.copyOf(all);
  }
}
