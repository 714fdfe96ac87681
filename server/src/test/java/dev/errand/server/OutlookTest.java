package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OutlookTest {
  private static final TestServer server = TestServer.start(Map.of("TASKS_PER_MINUTE", "1000"));

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_task_says_why_it_does_not_run_yet() {
    try (TestServer idle = TestServer.start(Map.of())) {
      String say = "{\"type\":\"say\",\"params\":{}";
      assertReason(idle, idle.submit(say + ",\"delay_seconds\":60}"), "not_due");
      assertReason(idle, idle.submit(say + "}"), "no_worker_for_type");
      idle.post("/queues/night/pause", "{}");
      assertReason(idle, idle.submit(say + ",\"queue\":\"night\"}"), "queue_paused");
    }
  }

  @Test
  void a_failed_attempt_is_waited_out() {
    String task = submit("{}");
    server.end(
        server.claim(task),
        new Outcome.Retrying(new TaskError("broken", "It broke", null), Duration.ofMinutes(1)));

    assertReason(task, "retry_backoff");
  }

  @Test
  void a_task_in_line_has_a_position_and_one_behind_a_limit_says_so() {
    try (Leases.Session worker = worker()) {
      String first = submit("{\"queue\": \"line\"}");
      String second = submit("{\"queue\": \"line\"}");
      String keyed = submit("{\"queue\": \"keyed\", \"concurrency_key\": \"site\"}");
      String behind = submit("{\"queue\": \"keyed\", \"concurrency_key\": \"site\"}");
      assertThat(assertReason(second, "workers_busy").path("position").asInt()).isEqualTo(1);

      List<Lease> leases = worker.claim(100);

      assertThat(leases).extracting(lease -> lease.task().toString()).contains(first, keyed);
      assertThat(server.get("/tasks/" + keyed).json().has("waiting_for")).isFalse();
      assertReason(behind, "concurrency_key");
      server.send(
          server
              .request("/queues/line")
              .header("Content-Type", "application/json")
              .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"concurrency_limit\":1}")));
      assertReason(submit("{\"queue\": \"line\"}"), "queue_limit");
    }
  }

  @Test
  void lists_say_nothing_of_it() {
    submit("{}");

    assertThat(server.get("/tasks?limit=1").json().at("/tasks/0").has("waiting_for")).isFalse();
  }

  @Test
  void a_running_task_should_end_when_others_did() {
    String past = submit("{}");
    server.end(server.claim(past), new Outcome.Completed("{}"));
    String task = submit("{}");
    Lease lease = server.claim(task);

    JsonNode shown = server.get("/tasks/" + task).json();
    server.end(lease, new Outcome.Completed("{}"));

    assertThat(Instant.parse(shown.path("estimated_completion").asString()))
        .isAfter(Instant.parse(shown.path("started_at").asString()));
    assertThat(server.get("/tasks/" + task).json().path("estimated_completion").isNull()).isTrue();
  }

  private static JsonNode assertReason(String task, String reason) {
    return assertReason(server, task, reason);
  }

  private static JsonNode assertReason(TestServer server, String task, String reason) {
    JsonNode waiting = server.get("/tasks/" + task).json().path("waiting_for");
    assertThat(waiting.path("reason").asString()).isEqualTo(reason);
    assertThat(waiting.path("detail").asString()).endsWith(".");
    assertThat(waiting.has("position")).isEqualTo(reason.equals("workers_busy"));
    return waiting;
  }

  private static Leases.Session worker() {
    return server
        .part(Leases.class)
        .open(new Leases.NewWorker("line", List.of("fetch_url"), 9, Duration.ofHours(1)));
  }

  private static String submit(String options) {
    String type = options.contains("line") || options.contains("key") ? "fetch_url" : "say";
    String params = type.equals("say") ? "{}" : "{\"url\":\"http://x\"}";
    String rest = options.equals("{}") ? "}" : "," + options.substring(1);
    return server.submit("{\"type\":\"%s\",\"params\":%s".formatted(type, params) + rest);
  }
}
