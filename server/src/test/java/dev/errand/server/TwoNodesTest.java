package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.errand.engine.task.TaskId;
import dev.errand.postgres.embedded.EmbeddedPostgres;
import dev.errand.server.TestServer.Answer;
import dev.errand.server.security.TaskTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers of one database know the same people.
class TwoNodesTest {
  /// In which another node notices; see the guide.
  private static final Duration SOON = Duration.ofSeconds(6);

  @TempDir static Path directory;

  private static EmbeddedPostgres postgres;
  private static TestServer one;
  private static TestServer two;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.start(directory.resolve("postgres"));
    one = node(Map.of());
    two = node(Map.of("TRUSTED_PROXIES", "127.0.0.1"));
  }

  private static TestServer node(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put(
        "DATABASE_URL",
        "%s%suser=%s&password=%s"
            .formatted(
                postgres.jdbcUrl(),
                postgres.jdbcUrl().contains("?") ? "&" : "?",
                postgres.user(),
                postgres.password()));
    return TestServer.start(variables);
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    postgres.close();
  }

  @Test
  void a_token_of_one_node_opens_the_other_until_its_user_is_disabled() {
    People here = new People(one);
    People there = new People(two);
    here.add("ada", "user");
    String token = here.token("ada");
    String key = there.key(token, "\"tasks:read\"");

    assertThat(there.as(token, "/tasks").status()).isEqualTo(200);
    assertThat(here.as(key, "/tasks").status()).isEqualTo(200);
    here.as(one.token(), "PATCH", "/users/ada", "{\"disabled\": true}");
    assertThat(here.as(token, "/tasks").status()).isEqualTo(401);
    await().atMost(SOON).until(() -> there.as(token, "/tasks").status() == 401);
    await().atMost(SOON).until(() -> there.as(key, "/tasks").status() == 401);
  }

  @Test
  void a_token_signed_with_a_key_that_is_new_is_known_on_the_other_node_at_once() {
    TaskId task = TaskId.next();
    Duration life = Duration.ofMinutes(1);
    TaskTokens there = two.part(TaskTokens.class);
    assertThat(there.verify(one.part(TaskTokens.class).issue(task, life))).isEqualTo(task);

    one.post("/api/auth/signing-keys/rotate", "{}");

    // A node asks for an unknown key once a second at most.
    String fresh = one.part(TaskTokens.class).issue(task, life);
    await()
        .atMost(Duration.ofSeconds(3))
        .ignoreExceptions()
        .until(() -> there.verify(fresh).equals(task));
  }

  @Test
  void tries_count_whichever_node_they_come_by() {
    People here = new People(one);
    People there = new People(two);
    here.add("eve", "user");
    for (int i = 0; i < 5; i++) {
      here.logIn("eve", "wrong wrong wrong");
      there.logIn("eve", "wrong wrong wrong");
    }

    assertThat(here.logIn("eve", People.PASSWORD).status()).isEqualTo(429);
    assertThat(there.logIn("eve", People.PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void a_proxy_says_for_whom_it_calls_where_it_is_trusted() {
    two.send(
        two.request("/queues/forwarded/pause")
            .header("X-Forwarded-For", "198.51.100.7")
            .header("X-Forwarded-Proto", "https")
            .method("POST", BodyPublishers.noBody()));
    one.send(
        one.request("/queues/forged/pause")
            .header("X-Forwarded-For", "198.51.100.8")
            .method("POST", BodyPublishers.noBody()));
    Answer secure = two.send(two.anonymous("/health/live").header("X-Forwarded-Proto", "https"));

    assertThat(one.get("/audit").body()).contains("198.51.100.7").doesNotContain("198.51.100.8");
    assertThat(secure.header("Strict-Transport-Security")).startsWith("max-age=");
    assertThat(one.get("/health/live").header("Strict-Transport-Security")).isEmpty();
  }
}
