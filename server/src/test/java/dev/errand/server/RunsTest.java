package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.server.TestServer.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RunsTest {
  private final TestServer server = SeedServer.shared();

  @Test
  void a_run_is_started_measured_noted_and_ended() {
    Answer started = server.post("/runs", "{\"key\":\"abc123\",\"scope\":\"search\"}");
    assertThat(started.status()).isEqualTo(201);
    String path = started.header("Location");
    assertThat(processed("abc123")).isFalse();

    assertThat(server.post(path + "/metrics", "{\"name\":\"hits\",\"value\":3.5}").status())
        .isEqualTo(204);
    assertThat(server.post(path + "/notes", "{\"text\":\"went well\"}").status()).isEqualTo(204);
    assertThat(server.post(path + "/end", "{\"status\":\"completed\"}").status()).isEqualTo(200);

    assertThat(processed("abc123")).isTrue();
    JsonNode run = server.get(path).json();
    assertThat(run.path("metrics").path(0).path("value").asDouble()).isEqualTo(3.5);
    assertThat(run.path("notes").path(0).path("text").asString()).isEqualTo("went well");
    assertThat(server.get("/runs/latest?key=search:abc123").json().path("id"))
        .isEqualTo(run.path("id"));
    assertThat(server.get("/runs?key=search:abc123").json().path("runs").size()).isEqualTo(1);
    assertThat(server.send(server.request(path).DELETE()).status()).isEqualTo(204);
    assertThat(server.get(path).status()).isEqualTo(404);
  }

  @Test
  void what_is_wrong_is_refused_and_somebody_elses_is_not_there() {
    String mine = server.post("/runs", "{\"key\":\"k\"}").header("Location");

    assertThat(server.send(SeedServer.as("stranger", server, mine)).status()).isEqualTo(404);
    assertThat(server.post("/runs", "{}").pointers()).containsExactly("/key");
    assertThat(server.post("/runs", "{\"key\":\" \"}").pointers()).containsExactly("/key");
    assertThat(server.post(mine + "/end", "{\"status\":\"running\"}").pointers())
        .containsExactly("/status");
    assertThat(server.get("/runs/latest?key=unknown").status()).isEqualTo(404);
    assertThat(server.get("/runs/processed").status()).isEqualTo(400);
    assertThat(server.get("/runs?cursor=x").status()).isEqualTo(400);
    assertThat(
            server
                .post(
                    "/runs", "{\"key\":\"k\",\"task_id\":\"01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f\"}")
                .status())
        .isEqualTo(404);
  }

  private boolean processed(String key) {
    return server
        .get("/runs/processed?key=" + key + "&scope=search")
        .json()
        .path("processed")
        .asBoolean();
  }
}
