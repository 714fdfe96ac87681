package dev.errand.server;

import dev.errand.server.TestServer.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/// Users of a server under test. They all have the same password.
final class People {
  static final String PASSWORD = "correct horse battery staple";

  private final TestServer server;

  People(TestServer server) {
    this.server = server;
  }

  /// Adds a user; fails when there is one.
  void add(String name, String role) {
    Answer answer =
        server.post(
            "/users",
            "{\"name\": \"%s\", \"password\": \"%s\", \"role\": \"%s\"}"
                .formatted(name, PASSWORD, role));
    if (answer.status() != 201) {
      throw new AssertionError(answer.body());
    }
  }

  Answer logIn(String name, String password) {
    return post(
        "/api/auth/login", "{\"user\": \"%s\", \"password\": \"%s\"}".formatted(name, password));
  }

  /// An access token of the user.
  String token(String name) {
    return logIn(name, PASSWORD).json().path("access_token").asString();
  }

  Answer refresh(String token) {
    return post("/api/auth/refresh", "{\"refresh_token\": \"%s\"}".formatted(token));
  }

  /// A key of the user's, made with an access token.
  String key(String token, String scopes) {
    Answer answer =
        as(token, "POST", "/api-keys", "{\"name\": \"test\", \"scopes\": [%s]}".formatted(scopes));
    if (answer.status() != 201) {
      throw new AssertionError(answer.body());
    }
    return answer.json().path("key").asString();
  }

  Answer as(String token, String method, String path, String json) {
    return server.send(json(path, method, json).header("Authorization", "Bearer " + token));
  }

  Answer as(String token, String path) {
    return server.send(server.anonymous(path).header("Authorization", "Bearer " + token));
  }

  Answer post(String path, String json) {
    return server.send(json(path, "POST", json));
  }

  private HttpRequest.Builder json(String path, String method, String json) {
    return server
        .anonymous(path)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(json));
  }
}
