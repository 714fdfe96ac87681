package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.errand.server.TestServer.Answer;
import dev.errand.server.database.Database;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class IdentityTest {
  private static TestServer server;
  private static People people;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("CORS_ALLOWED_ORIGINS", "https://app.example.org"));
    people = new People(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// A user that no other test knows.
  private static String user(String role) {
    // All tests together log in more often than one address may.
    sql("DELETE FROM submission_rates");
    String name = "u" + UUID.randomUUID().toString().substring(0, 8);
    people.add(name, role);
    return name;
  }

  @Test
  void a_user_logs_in_and_owns_what_the_user_submits() {
    String ada = user("user");
    Answer answer = people.logIn(ada, People.PASSWORD);
    String token = answer.json().path("access_token").asString();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("token_type").asString()).isEqualTo("Bearer");
    assertThat(answer.json().path("expires_in").asInt()).isEqualTo(900);
    assertThat(people.as(token, "/api/auth/me").body())
        .isEqualTo(
            "{\"user\":\"%s\",\"role\":\"user\",\"via\":\"access_token\",\"scopes\":null}"
                .formatted(ada));
    Answer task = people.as(token, "POST", "/tasks", "{\"type\":\"say\",\"params\":{}}");
    assertThat(task.json().path("owner").asString()).isEqualTo(ada);
    assertThat(people.as(token, "/tasks").json().path("tasks")).hasSize(1);
    assertThat(people.as(people.token(user("user")), "/tasks").json().path("tasks")).isEmpty();
  }

  @Test
  void nobody_can_tell_a_wrong_password_from_a_user_who_is_not_there_or_disabled() {
    String ada = user("user");
    String gone = user("user");
    patch(gone, "{\"disabled\": true}");

    Answer wrong = people.logIn(ada, "wrong horse battery staple");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.problem()).isEqualTo("invalid_credentials");
    assertThat(people.logIn("nobody-" + ada, People.PASSWORD).body()).isEqualTo(wrong.body());
    assertThat(people.logIn("no body!", People.PASSWORD).body()).isEqualTo(wrong.body());
    assertThat(people.logIn(gone, People.PASSWORD).body()).isEqualTo(wrong.body());
  }

  @Test
  void a_refresh_token_is_good_once() {
    String first =
        people.logIn(user("user"), People.PASSWORD).json().path("refresh_token").asString();
    Answer second = people.refresh(first);
    String fresh = second.json().path("refresh_token").asString();

    assertThat(second.status()).isEqualTo(200);
    assertThat(fresh).isNotEqualTo(first);
    assertThat(people.refresh(fresh).status()).isEqualTo(200);
  }

  @Test
  void who_uses_a_refresh_token_again_ends_the_login_for_thief_and_owner_alike() {
    String first =
        people.logIn(user("user"), People.PASSWORD).json().path("refresh_token").asString();
    JsonNode fresh = people.refresh(first).json();
    assertThat(people.refresh(first).status()).isEqualTo(409);
    sql("UPDATE logins SET renewed_at = renewed_at - interval '1 minute'");

    Answer again = people.refresh(first);

    assertThat(again.status()).isEqualTo(401);
    assertThat(again.problem()).isEqualTo("invalid_refresh_token");
    assertThat(people.refresh(fresh.path("refresh_token").asString()).status()).isEqualTo(401);
    assertThat(people.as(fresh.path("access_token").asString(), "/tasks").status()).isEqualTo(401);
  }

  @Test
  void of_two_refreshes_at_once_one_wins_and_the_login_goes_on() throws Exception {
    String first =
        people.logIn(user("user"), People.PASSWORD).json().path("refresh_token").asString();
    List<Callable<Answer>> racers =
        List.of(() -> people.refresh(first), () -> people.refresh(first));
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      List<Answer> answers = executor.invokeAll(racers).stream().map(Future::resultNow).toList();

      assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
      Answer won = answers.stream().filter(one -> one.status() == 200).findFirst().orElseThrow();
      assertThat(people.refresh(won.json().path("refresh_token").asString()).status())
          .isEqualTo(200);
    }
  }

  @Test
  void what_is_no_refresh_token_refreshes_nothing() {
    for (String token : List.of("", "x", UUID.randomUUID() + ".x", "x".repeat(100_000))) {
      assertThat(people.refresh(token).status()).isEqualTo(401);
    }
  }

  @Test
  void logging_out_ends_the_access_token_too() {
    JsonNode tokens = people.logIn(user("user"), People.PASSWORD).json();
    String access = tokens.path("access_token").asString();

    assertThat(people.as(access, "POST", "/api/auth/logout", "").status()).isEqualTo(204);
    assertThat(people.as(access, "/tasks").status()).isEqualTo(401);
    assertThat(people.refresh(tokens.path("refresh_token").asString()).status()).isEqualTo(401);
  }

  @Test
  void a_role_changes_and_a_user_is_disabled_at_once() {
    String ada = user("user");
    String token = people.token(ada);
    String key = people.key(token, "\"admin\"");
    assertThat(people.as(token, "/workers").status()).isEqualTo(403);

    patch(ada, "{\"role\": \"operator\"}");
    assertThat(people.as(token, "/workers").status()).isEqualTo(200);
    // A key can do no more than its owner might when it was made.
    assertThat(people.as(key, "/workers").status()).isEqualTo(403);

    patch(ada, "{\"disabled\": true}");
    assertThat(people.as(token, "/tasks").status()).isEqualTo(401);
    assertThat(people.as(key, "/tasks").status()).isEqualTo(401);

    patch(ada, "{\"disabled\": false}");
    assertThat(people.as(token, "/tasks").status()).isEqualTo(401);
    assertThat(people.as(key, "/tasks").status()).isEqualTo(200);
  }

  @Test
  void who_is_disabled_has_no_schedules_that_go_on() {
    String ada = user("user");
    String schedule =
        people
            .as(
                people.token(ada),
                "POST",
                "/schedules",
                "{\"cron\":\"30 2 * * *\",\"type\":\"say\",\"params\":{}}")
            .json()
            .path("id")
            .asString();

    patch(ada, "{\"disabled\": true}");

    assertThat(server.get("/schedules/" + schedule).json().path("paused").asBoolean()).isTrue();
  }

  @Test
  void another_node_notices_within_seconds() {
    String ada = user("user");
    String token = people.token(ada);
    people.as(token, "/tasks");
    sql("UPDATE users SET disabled_at = now() WHERE name = '%s'".formatted(ada));

    await().atMost(Duration.ofSeconds(5)).until(() -> people.as(token, "/tasks").status() == 401);
  }

  @Test
  void another_password_ends_what_was_opened_with_the_old_one() {
    String ada = user("user");
    String token = people.token(ada);
    String change =
        "{\"current_password\": \"%s\", \"new_password\": \"a new horse for a new staple\"}";

    assertThat(people.as(token, "POST", "/api/auth/password", change.formatted("wrong")).status())
        .isEqualTo(403);
    assertThat(
            people
                .as(token, "POST", "/api/auth/password", change.formatted(People.PASSWORD))
                .status())
        .isEqualTo(204);
    assertThat(people.as(token, "/tasks").status()).isEqualTo(401);
    assertThat(people.logIn(ada, People.PASSWORD).status()).isEqualTo(401);
    assertThat(people.logIn(ada, "a new horse for a new staple").status()).isEqualTo(200);
  }

  @Test
  void an_administrator_gives_a_new_password_and_sees_who_there_is() {
    String ada = user("user");
    String token = people.token(ada);

    assertThat(
            server
                .post("/users/" + ada + "/password", "{\"password\": \"given by the boss\"}")
                .status())
        .isEqualTo(204);
    assertThat(people.as(token, "/tasks").status()).isEqualTo(401);
    assertThat(people.logIn(ada, "given by the boss").status()).isEqualTo(200);
    assertThat(server.get("/users/" + ada).json().path("role").asString()).isEqualTo("user");
    JsonNode page = server.get("/users?limit=1").json();
    assertThat(page.path("users")).hasSize(1);
    assertThat(
            server
                .get("/users?limit=1&cursor=" + page.path("next_cursor").asString())
                .json()
                .at("/users/0/name"))
        .isNotEqualTo(page.at("/users/0/name"));
    assertThat(server.get("/users").body()).doesNotContain("argon2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "admin",
        "ADMIN",
        "a:b",
        "oidc:ada",
        "*",
        "../x",
        "a b",
        "-a",
        "раypal",
        "a\\u0000b",
        "a\\u202Eb",
        "ada\\uFE0F\\uD83D\\uDE00"
      })
  void what_would_be_mistaken_for_another_is_nobodys_name(String name) {
    Answer answer =
        server.post(
            "/users", "{\"name\": \"%s\", \"password\": \"%s\"}".formatted(name, People.PASSWORD));

    assertThat(answer.status()).isEqualTo(422);
  }

  @Test
  void a_name_is_the_same_however_it_is_typed() {
    people.add("A\u0308da\uFF11", "user");

    assertThat(people.logIn("äda1", People.PASSWORD).status()).isEqualTo(200);
    assertThat(people.logIn("ÄDA1 ", People.PASSWORD).json().at("/user/name").asString())
        .isEqualTo("äda1");
    assertThat(
            server
                .post(
                    "/users", "{\"name\":\"ÄdA1\",\"password\":\"%s\"}".formatted(People.PASSWORD))
                .status())
        .isEqualTo(409);
    assertThat(server.get("/users/%C3%A4da1").status()).isEqualTo(200);
    people.add("山田たろう", "user");
    assertThat(
            server
                .post(
                    "/users",
                    "{\"name\":\"%s\",\"password\":\"%s\"}"
                        .formatted("ß".repeat(65), People.PASSWORD))
                .pointers())
        .containsExactly("/name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "aaaaaaaaaaaaaaaa"})
  void a_password_that_is_easy_to_guess_is_refused(String password) {
    Answer answer =
        server.post("/users", "{\"name\": \"eve\", \"password\": \"%s\"}".formatted(password));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.pointers()).containsExactly("/password");
  }

  @Test
  void a_key_does_what_its_scopes_say_until_it_is_revoked() {
    String token = people.token(user("user"));
    String reader = people.key(token, "\"tasks:read\"");
    String writer = people.key(token, "\"tasks:write\"");
    String say = "{\"type\":\"say\",\"params\":{}}";

    assertThat(reader).startsWith("errand_").hasSize(50);
    assertThat(people.as(reader, "/tasks").status()).isEqualTo(200);
    assertThat(people.as(reader, "POST", "/tasks", say).problem()).isEqualTo("insufficient_scope");
    assertThat(people.as(writer, "POST", "/tasks", say).status()).isEqualTo(202);
    assertThat(people.as(writer, "/tasks").status()).isEqualTo(403);
    assertThat(people.as(writer, "POST", "/api-keys", "{}").status()).isEqualTo(403);
    assertThat(server.send(server.anonymous("/tasks").header("X-API-Key", reader)).status())
        .isEqualTo(200);

    JsonNode listed = people.as(token, "/api-keys").json();
    assertThat(listed.path("api_keys")).hasSize(2);
    assertThat(listed.toString()).doesNotContain(reader, writer);
    assertThat(reader).startsWith(listed.at("/api_keys/1/prefix").asString());
    assertThat(listed.at("/api_keys/1/last_used_at").isNull()).isFalse();
    String id = listed.at("/api_keys/1/id").asString();
    assertThat(people.as(token, "DELETE", "/api-keys/" + id, "").status()).isEqualTo(204);
    assertThat(people.as(reader, "/tasks").status()).isEqualTo(401);
    assertThat(people.as(people.token(user("user")), "/api-keys/" + id).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%61pi-keys", "/api-keys;a=b", "/api-keys;", "/api%2Dkeys", "/./api-keys", "//api-keys"
      })
  void no_disguise_of_a_path_widens_a_scope(String path) {
    String token = people.token(user("user"));
    String key = people.key(token, "\"tasks:read\",\"tasks:write\"");
    String id = people.as(token, "/api-keys").json().at("/api_keys/0/id").asString();

    assertThat(people.as(key, path).status()).isIn(400, 403, 404);
    String named = path.contains(";") ? "/api-keys;a=b/" + id : path + "/" + id;
    assertThat(people.as(key, "DELETE", named, "").status()).isIn(400, 403, 404);
    assertThat(people.as(key, "/api/auth/me").status()).isEqualTo(200);
  }

  @Test
  void a_key_makes_no_keys_and_ends_when_it_was_said_to() {
    String token = people.token(user("user"));
    String key = people.key(token, "\"admin\"");

    assertThat(
            people.as(key, "POST", "/api-keys", "{\"name\":\"x\",\"scopes\":[\"admin\"]}").status())
        .isEqualTo(403);
    Answer shortLived =
        people.as(
            token,
            "POST",
            "/api-keys",
            "{\"name\":\"x\",\"scopes\":[\"tasks:read\"],\"expires_in_days\":1}");
    assertThat(shortLived.json().path("expires_at").isNull()).isFalse();
    sql(
        "UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = '%s'"
            .formatted(shortLived.json().path("id").asString()));
    assertThat(people.as(shortLived.json().path("key").asString(), "/tasks").status())
        .isEqualTo(401);
  }

  @Test
  void a_browser_gets_a_cookie_that_works_from_our_own_pages_only() {
    String login =
        "{\"user\": \"%s\", \"password\": \"%s\", \"session\": true}"
            .formatted(user("user"), People.PASSWORD);
    assertThat(people.post("/api/auth/login", login).status()).isEqualTo(403);

    Answer answer = server.send(fromOwnPage("/api/auth/login", login));
    String cookie = answer.header("Set-Cookie").split(";", 2)[0];

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Set-Cookie"))
        .contains("errand_session=", "HttpOnly", "SameSite=Strict", "Path=/");
    assertThat(answer.json().has("access_token")).isFalse();
    assertThat(send("/tasks", cookie).status()).isEqualTo(200);
    String say = "{\"type\":\"say\",\"params\":{}}";
    assertThat(server.send(fromOwnPage("/tasks", say).header("Cookie", cookie)).status())
        .isEqualTo(202);
    assertThat(
            server
                .send(
                    server
                        .anonymous("/tasks")
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/json")
                        .header("Sec-Fetch-Site", "cross-site")
                        .POST(BodyPublishers.ofString(say)))
                .status())
        .isEqualTo(401);
    // The cookie's value is no token.
    assertThat(people.as(cookie.substring(cookie.indexOf('=') + 1), "/tasks").status())
        .isEqualTo(401);
    assertThat(server.send(fromOwnPage("/api/auth/logout", "").header("Cookie", cookie)).status())
        .isEqualTo(204);
    assertThat(send("/tasks", cookie).status()).isEqualTo(401);
  }

  private static Answer send(String path, String cookie) {
    return server.send(server.anonymous(path).header("Cookie", cookie));
  }

  private static HttpRequest.Builder fromOwnPage(String path, String json) {
    return server
        .anonymous(path)
        .header("Content-Type", "application/json")
        .header("Sec-Fetch-Site", "same-origin")
        .POST(BodyPublishers.ofString(json));
  }

  @Test
  void anybody_can_check_our_tokens_and_nobody_can_sign_them() throws Exception {
    SignedJWT token = SignedJWT.parse(people.token(user("user")));
    Answer published = server.send(server.anonymous("/.well-known/jwks.json"));
    JWKSet keys = JWKSet.parse(published.body());

    assertThat(keys.containsNonPublicKeys()).isFalse();
    assertThat(
            token.verify(
                new ECDSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
        .isTrue();
    assertThat(token.getJWTClaimsSet().getClaims())
        .containsKeys("iss", "aud", "sub", "exp", "nbf", "iat", "jti", "sid");
  }

  @Test
  void keys_are_rotated_gently_or_at_once() {
    String before = people.token(user("user"));

    assertThat(server.post("/api/auth/signing-keys/rotate", "{}").status()).isEqualTo(204);
    String after = people.token(user("user"));
    assertThat(people.as(before, "/tasks").status()).isEqualTo(200);
    assertThat(people.as(after, "/tasks").status()).isEqualTo(200);

    assertThat(server.post("/api/auth/signing-keys/rotate", "{\"leaked\": true}").status())
        .isEqualTo(204);
    assertThat(people.as(after, "/tasks").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 7_000, 12_000, 60_000})
  void a_huge_token_is_refused_and_costs_nothing(int length) {
    String huge = "eyJhbGciOiJFUzI1NiJ9." + "e".repeat(length) + ".x";

    assertThat(people.as(huge, "/tasks").status()).isIn(400, 401);
    assertThat(people.as("errand_" + "e".repeat(length), "/tasks").status()).isIn(400, 401);
  }

  @Test
  void everything_is_written_down_but_no_secret() {
    String ada = user("user");
    people.logIn(ada, "wrong horse battery staple");
    people.logIn("my-secret-password-typed-as-a-name", "x");
    String token = people.token(ada);
    String key = people.key(token, "\"tasks:read\"");
    String task =
        people
            .as(token, "POST", "/tasks", "{\"type\":\"say\",\"params\":{}}")
            .json()
            .path("id")
            .asString();
    server.post("/tasks/" + task + "/cancel", "");
    server.post("/queues/audited/pause", "");
    server.post("/queues/audited/resume", "");
    patch(ada, "{\"role\": \"operator\"}");

    String log = server.get("/audit?limit=200").body();
    List<String> actions =
        server
            .get("/audit?limit=200")
            .json()
            .path("entries")
            .valueStream()
            .map(entry -> entry.path("action").asString() + " " + entry.path("outcome").asString())
            .toList();

    assertThat(actions)
        .contains(
            "user.created done",
            "login refused",
            "login done",
            "api_key.created done",
            "POST /tasks/{id}/cancel done",
            "POST /queues/{name}/pause done",
            "user.changed done");
    assertThat(log).contains("owner " + ada, "127.0.0.1");
    assertThat(log)
        .doesNotContain(key, token, server.token(), "my-secret", "wrong horse", People.PASSWORD);
    assertThat(server.get("/audit?actor=%s&action=login".formatted(ada)).json().path("entries"))
        .hasSize(2);
    JsonNode page = server.get("/audit?limit=1").json();
    assertThat(
            server
                .get("/audit?limit=1&cursor=" + page.path("next_cursor").asString())
                .json()
                .at("/entries/0/id")
                .asLong())
        .isLessThan(page.at("/entries/0/id").asLong());
    assertThat(people.as(token, "/audit").status()).isEqualTo(403);
  }

  @Test
  void pages_of_named_origins_may_call_and_others_not() {
    Answer allowed = server.send(preflight("https://app.example.org"));
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
    assertThat(allowed.header("Access-Control-Allow-Credentials")).isEmpty();
    Answer refused = server.send(preflight("https://evil.example.org"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.problem()).isEqualTo("origin_not_allowed");
    assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(
            server
                .send(server.request("/tasks").header("Origin", "https://app.example.org"))
                .header("Access-Control-Allow-Origin"))
        .isEqualTo("https://app.example.org");
    // Without any origin, which is the default, a browser is told nothing.
    Answer silent =
        TestServer.shared()
            .send(
                TestServer.shared()
                    .anonymous("/tasks")
                    .header("Origin", "https://app.example.org")
                    .header("Access-Control-Request-Method", "GET")
                    .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(silent.header("Access-Control-Allow-Origin")).isEmpty();
  }

  private static HttpRequest.Builder preflight(String origin) {
    return server
        .anonymous("/tasks")
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "Authorization, Idempotency-Key")
        .method("OPTIONS", BodyPublishers.noBody());
  }

  @Test
  void passwords_cannot_be_tried_for_ever() {
    try (TestServer own = TestServer.start(Map.of())) {
      People others = new People(own);
      others.add("ada", "user");
      others.add("bob", "user");
      for (int i = 0; i < 10; i++) {
        assertThat(others.logIn("ada", "wrong wrong wrong").status()).isEqualTo(401);
      }

      Answer eleventh = others.logIn("ada", People.PASSWORD);
      assertThat(eleventh.status()).isEqualTo(429);
      assertThat(eleventh.problem()).isEqualTo("too_many_logins");
      assertThat(Integer.parseInt(eleventh.header("Retry-After"))).isBetween(1, 61);
      assertThat(others.logIn("bob", People.PASSWORD).status()).isEqualTo(200);
    }
  }

  @Test
  void without_its_database_nobody_logs_in_but_everybody_is_told_to_come_back() {
    try (TestServer own = TestServer.start(Map.of())) {
      People others = new People(own);
      others.add("ada", "user");
      String token = others.token("ada");
      own.part(Database.class).close();

      Answer login = others.logIn("ada", People.PASSWORD);
      assertThat(login.status()).isEqualTo(503);
      assertThat(login.problem()).isEqualTo("unavailable");
      assertThat(login.header("Retry-After")).isEqualTo("2");
      Answer call = others.as(token, "/tasks");
      assertThat(call.status()).isEqualTo(503);
      assertThat(call.problem()).isEqualTo("unavailable");
    }
  }

  private static void patch(String user, String json) {
    Answer answer = people.as(server.token(), "PATCH", "/users/" + user, json);
    assertThat(answer.status()).isEqualTo(200);
  }

  private static void sql(String statement) {
    try (Connection connection = server.part(Database.class).connections().getConnection();
        Statement running = connection.createStatement()) {
      running.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
