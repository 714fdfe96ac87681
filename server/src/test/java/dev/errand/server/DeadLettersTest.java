package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskError;
import dev.errand.server.TestServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DeadLettersTest {
  private static final TestServer server = TestServer.start(Map.of("TASKS_PER_MINUTE", "1000"));

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void failed_tasks_are_listed_with_their_errors_page_by_page_and_retried_by_id() {
    String first = failed("say");
    String second = failed("say");
    String alive = server.submit();

    JsonNode page = server.get("/dead-letters?type=say&limit=1").json();
    JsonNode rest =
        server.get("/dead-letters?type=say&cursor=" + page.path("next_cursor").asString()).json();

    assertThat(ids(page)).containsExactly(second);
    assertThat(page.at("/tasks/0/error/code").asString()).isEqualTo("broken");
    assertThat(ids(rest)).containsExactly(first);
    assertThat(rest.path("next_cursor").isNull()).isTrue();

    Answer retried =
        server.post(
            "/dead-letters/retry",
            "{\"ids\": [\"%s\", \"%s\", \"%s\", \"%s\"]}"
                .formatted(first, second, alive, UUID.randomUUID()));

    assertThat(retried.status()).isEqualTo(200);
    assertThat(retried.json().path("retried").asInt()).isEqualTo(2);
    assertThat(retried.json().path("task_ids").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder(first, second);
    assertThat(ids(server.get("/dead-letters?type=say").json())).isEmpty();
    assertThat(server.get("/tasks/" + first).json().path("status").asString()).isEqualTo("queued");
  }

  @Test
  void those_of_a_type_are_retried_newest_first() {
    String older = failed("research");
    String newer = failed("research");
    String other = failed("fetch_url");

    JsonNode one =
        server.post("/dead-letters/retry", "{\"type\": \"research\", \"limit\": 1}").json();

    assertThat(one.path("task_ids").valueStream().map(JsonNode::asString)).containsExactly(newer);
    assertThat(ids(server.get("/dead-letters?owner=*").json())).contains(older, other);
    server.post("/dead-letters/retry", "{\"type\": \"research\"}");
    assertThat(ids(server.get("/dead-letters?type=research").json())).isEmpty();
    assertThat(ids(server.get("/dead-letters?owner=nobody").json())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                   | /ids
          {"ids": [], "type": "say"}           | /ids
          {"ids": ["x"]}                       | /ids
          {"ids": [], "limit": 1}              | /limit
          {"type": "say", "limit": 0}          | /limit
          {"type": "say", "limit": 1001}       | /limit
          {"type": 7}                          | /type
          {"type": "say", "more": 1}           | /more
          """)
  void what_names_no_tasks_is_refused(String body, String pointer) {
    Answer answer = server.post("/dead-letters/retry", body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("invalid_retry");
    assertThat(answer.pointers()).containsExactly(pointer);
  }

  @Test
  void an_unknown_parameter_is_refused() {
    assertThat(server.get("/dead-letters?status=failed").problem()).isEqualTo("bad_request");
  }

  private static String failed(String type) {
    String params = type.equals("say") ? "{}" : "{\"url\":\"http://x\"}";
    String task = server.submit("{\"type\":\"%s\",\"params\":%s}".formatted(type, params));
    server.end(
        server.claim(task),
        new Outcome.Failed(new TaskError("broken", "It broke", "at Some.where")));
    return task;
  }

  private static List<String> ids(JsonNode page) {
    return page.path("tasks").valueStream().map(task -> task.path("id").asString()).toList();
  }
}
