package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Outcome;
import dev.errand.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BatchesTest {
  private static final TestServer server = TestServer.start(Map.of("TASKS_PER_MINUTE", "1000000"));

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_thousand_tasks_are_taken_at_once_and_stand_together() {
    Answer answer = server.post("/tasks/batch", batch(1000, "{\"type\":\"say\",\"params\":{}}"));

    assertThat(answer.status()).isEqualTo(202);
    List<String> ids = taskIds(answer);
    assertThat(ids).hasSize(1000).doesNotHaveDuplicates();
    String batch = answer.json().path("batch_id").asString();
    assertThat(answer.header("Location")).isEqualTo("/batches/" + batch);
    server.end(server.claim(ids.getFirst()), new Outcome.Completed("{}"));
    JsonNode found = server.get("/batches/" + batch).json();
    assertThat(found.propertyNames()).containsExactly("id", "owner", "total", "counts", "progress");
    assertThat(found.path("total").asInt()).isEqualTo(1000);
    assertThat(found.path("counts").propertyNames())
        .containsExactly(
            "pending", "queued", "running", "retrying", "completed", "failed", "cancelled");
    assertThat(found.at("/counts/completed").asInt()).isEqualTo(1);
    assertThat(found.path("progress").asInt()).isZero();
  }

  @Test
  void the_answer_names_the_tasks_in_the_order_in_which_they_were_given() {
    List<String> ids =
        taskIds(
            server.post(
                "/tasks/batch",
                """
                {"tasks": [{"type": "say", "params": {"msg": "one"}, "delay_seconds": 60},
                           {"type": "fetch_url", "params": {"url": "http://x"}, "priority": "low"},
                           {"type": "say", "params": {"msg": "three"}, "queue": "night"}]}
                """));

    assertThat(server.get("/tasks/" + ids.get(0)).json().at("/params/msg").asString())
        .isEqualTo("one");
    assertThat(server.get("/tasks/" + ids.get(1)).json().path("priority").asString())
        .isEqualTo("low");
    assertThat(server.get("/tasks/" + ids.get(2)).json().path("queue").asString())
        .isEqualTo("night");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                                      | /tasks
          {"tasks": 1}                                            | /tasks
          {"tasks": []}                                           | /tasks
          {"tasks": [%s], "more": 1}                              | /more
          {"tasks": [%s, 7]}                                      | /tasks/1
          {"tasks": [%s, {"type": "say"}]}                        | /tasks/1/params
          {"tasks": [%s, {"type": "dance", "params": {}}]}        | /tasks/1/type
          {"tasks": [%s, %s, {"type": "say", "params": {"msg": "no"}}]}       | /tasks/2/params/msg
          {"tasks": [%s, {"type": "say", "params": {"msg": "\\u0000"}}]}      | /tasks/1/params/msg
          {"tasks": [%s, {"type": "say", "params": {}, "priority": "now"}]}   | /tasks/1/priority
          """)
  void one_bad_task_refuses_the_batch_and_nothing_is_stored(String body, String pointer) {
    String before = newest();

    Answer answer =
        server.post("/tasks/batch", body.replace("%s", "{\"type\":\"say\",\"params\":{}}"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("task_rejected_invalid_params");
    assertThat(answer.pointers()).containsExactly(pointer);
    assertThat(newest()).isEqualTo(before);
  }

  @Test
  void more_than_a_thousand_are_too_many() {
    Answer answer = server.post("/tasks/batch", batch(1001, "{\"type\":\"say\",\"params\":{}}"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.pointers()).containsExactly("/tasks");
  }

  @Test
  void the_same_key_gives_the_same_batch_back_and_nothing_for_another_one() {
    String key = UUID.randomUUID().toString();
    String two = batch(2, "{\"type\":\"say\",\"params\":{\"msg\":\"once\"}}");
    Answer first = withKey("/tasks/batch", key, two);
    Answer again = withKey("/tasks/batch", key, two.replace(":", " : "));
    String before = newest();
    Answer longer = withKey("/tasks/batch", key, batch(3, "{\"type\":\"say\",\"params\":{}}"));
    Answer single = withKey("/tasks", key, "{\"type\":\"say\",\"params\":{\"msg\":\"once\"}}");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(longer.status()).isEqualTo(409);
    assertThat(longer.problem()).isEqualTo("idempotency_key_reused");
    assertThat(single.status()).isEqualTo(409);
    assertThat(newest()).isEqualTo(before);
  }

  @Test
  void an_overlong_key_is_refused_as_the_batchs() {
    Answer answer =
        withKey("/tasks/batch", "k".repeat(101), batch(2, "{\"type\":\"say\",\"params\":{}}"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.pointers()).containsExactly("/Idempotency-Key");
  }

  @Test
  void what_is_no_batch_is_not_found() {
    String task = server.submit();

    for (String id : List.of(task, UUID.randomUUID().toString(), "nonsense")) {
      Answer answer = server.get("/batches/" + id);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.problem()).isEqualTo("not_found");
    }
  }

  @Test
  void a_batch_counts_as_many_tasks_as_it_has() {
    try (TestServer slow = TestServer.start(Map.of("TASKS_PER_MINUTE", "10"))) {
      String six = batch(6, "{\"type\":\"say\",\"params\":{}}");
      assertThat(slow.post("/tasks/batch", six).status()).isEqualTo(202);

      Answer refused = slow.post("/tasks/batch", six);
      Answer hopeless = slow.post("/tasks/batch", batch(11, "{\"type\":\"say\",\"params\":{}}"));

      assertThat(refused.status()).isEqualTo(429);
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
      assertThat(hopeless.status()).isEqualTo(422);
      assertThat(hopeless.problem()).isEqualTo("batch_beyond_rate");
      assertThat(hopeless.header("Retry-After")).isEmpty();
      assertThat(slow.get("/tasks").json().path("tasks").size()).isEqualTo(6);
    }
  }

  private static String batch(int size, String task) {
    return "{\"tasks\": [" + String.join(",", Collections.nCopies(size, task)) + "]}";
  }

  private static List<String> taskIds(Answer answer) {
    return answer.json().path("task_ids").valueStream().map(JsonNode::asString).toList();
  }

  private static String newest() {
    return server.get("/tasks?limit=1").json().at("/tasks/0/id").asString();
  }

  private static Answer withKey(String path, String key, String json) {
    return server.send(
        server
            .request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(json)));
  }
}
