package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Outcome;
import dev.errand.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class InfiniteResearchesTest {
  private static final String PATH = "/api/infinite-researches";
  private static final String WEEKLY =
      "{\"prompt\":\"What is new?\",\"cron\":\"30 2 * * 1\",\"time_zone\":\"Europe/Berlin\"}";

  private final TestServer server = SeedServer.shared();

  @Test
  void one_is_created_changed_and_deleted() {
    Answer created = server.post(PATH, WEEKLY);

    assertThat(created.status()).isEqualTo(201);
    JsonNode record = created.json();
    assertThat(record.path("prompt").asString()).isEqualTo("What is new?");
    assertThat(record.path("cron").asString()).isEqualTo("30 2 * * 1");
    assertThat(record.path("enabled").asBoolean()).isTrue();
    assertThat(record.path("next_run_at").isString()).isTrue();
    String path = created.header("Location");
    assertThat(server.get(path).json()).isEqualTo(record);

    JsonNode disabled = send("PATCH", path, "{\"enabled\":false}").json();
    assertThat(disabled.path("enabled").asBoolean()).isFalse();
    assertThat(disabled.path("next_run_at").isNull()).isTrue();
    assertThat(disabled.path("prompt").asString()).isEqualTo("What is new?");

    JsonNode replaced =
        send("PUT", path, "{\"prompt\":\"And now?\",\"cron\":\"@hourly\",\"enabled\":true}").json();
    assertThat(replaced.path("prompt").asString()).isEqualTo("And now?");
    assertThat(replaced.path("time_zone").asString()).isEqualTo("UTC");
    assertThat(replaced.path("enabled").asBoolean()).isTrue();

    assertThat(server.send(server.request(path).DELETE()).status()).isEqualTo(204);
    assertThat(server.get(path).status()).isEqualTo(404);
  }

  @Test
  void its_executions_are_its_tasks() {
    String path = server.post(PATH, WEEKLY).header("Location");
    String id = path.substring(path.lastIndexOf('/') + 1);
    String task =
        server.post("/schedules/" + id + "/trigger", "{}").json().path("task_id").asString();
    server.end(server.claim(task), new Outcome.Completed("{}"));

    JsonNode executions = server.get(path + "/executions").json();

    assertThat(executions.path("executions").size()).isEqualTo(1);
    JsonNode execution = executions.path("executions").path(0);
    assertThat(execution.path("id").asString()).isEqualTo(task);
    assertThat(execution.path("status").asString()).isEqualTo("completed");
    assertThat(execution.path("output_log_url").asString()).endsWith("/tasks/" + task + "/log");
    assertThat(server.get("/api/one-time-researches/" + task).status())
        .as("it is no one-time research")
        .isEqualTo(404);
  }

  @Test
  void the_list_shows_ones_own_and_no_other_schedules() {
    for (int i = 0; i < 3; i++) {
      assertThat(server.send(SeedServer.post("planner", server, PATH, WEEKLY)).status())
          .isEqualTo(201);
      server.send(
          SeedServer.post(
              "planner",
              server,
              "/schedules",
              "{\"cron\":\"@daily\",\"type\":\"research\",\"params\":{\"prompt\":\"x\"}}"));
    }

    JsonNode first = server.send(SeedServer.as("planner", server, PATH + "?limit=2")).json();
    JsonNode rest =
        server
            .send(
                SeedServer.as(
                    "planner",
                    server,
                    PATH + "?limit=2&cursor=" + first.path("next_cursor").asString()))
            .json();

    assertThat(first.path("infinite_researches").size()).isEqualTo(2);
    assertThat(rest.path("infinite_researches").size()).isEqualTo(1);
    assertThat(rest.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void what_is_wrong_points_into_the_body_and_somebody_elses_is_not_there() {
    assertThat(server.post(PATH, "{}").pointers()).contains("/cron");
    assertThat(server.post(PATH, "{\"cron\":\"@daily\"}").pointers()).containsExactly("/prompt");
    assertThat(server.post(PATH, "{\"prompt\":\"x\",\"cron\":\"frob\"}").pointers())
        .containsExactly("/cron");
    assertThat(
            server
                .post(PATH, "{\"prompt\":\"x\",\"cron\":\"@daily\",\"enabled\":\"yes\"}")
                .pointers())
        .containsExactly("/enabled");
    String mine = server.post(PATH, WEEKLY).header("Location");
    assertThat(server.send(SeedServer.as("stranger", server, mine)).status()).isEqualTo(404);
    assertThat(server.send(SeedServer.as("stranger", server, mine + "/executions")).status())
        .isEqualTo(404);
    assertThat(server.get(PATH + "/nonsense").status()).isEqualTo(404);
  }

  private Answer send(String method, String path, String json) {
    return server.send(
        server
            .request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }
}
