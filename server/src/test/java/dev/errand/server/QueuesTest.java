package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.signal.Signals;
import dev.errand.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class QueuesTest {
  private final TestServer server = TestServer.shared();

  @Test
  void a_paused_queue_starts_nothing_and_a_resumed_one_wakes_the_workers() throws Exception {
    server.submit(
        "{\"type\":\"research\",\"params\":{\"url\":\"http://x\"},\"queue\":\"doors-1\"}");

    Answer paused = server.post("/queues/doors-1/pause", "{}");

    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.json().propertyNames())
        .containsExactly(
            "name", "paused", "concurrency_limit", "key_limit", "waiting", "later", "running");
    assertThat(paused.json().path("paused").asBoolean()).isTrue();
    assertThat(paused.json().path("waiting").asInt()).isEqualTo(1);
    try (Leases.Session worker = worker("w-doors-1")) {
      assertThat(queues(worker.claim(100))).doesNotContain("doors-1");
      CountDownLatch woken = new CountDownLatch(1);
      try (Signals.Subscription _ = server.part(Signals.class).onWork(woken::countDown)) {
        assertThat(server.post("/queues/doors-1/resume", "{}").json().path("paused").asBoolean())
            .isFalse();
        assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(queues(worker.claim(100))).contains("doors-1");
    }
    assertThat(queue("doors-1").path("running").asInt()).isEqualTo(1);
  }

  @Test
  void a_queue_gets_limits_and_loses_them_again() {
    JsonNode limited = put("doors-2", "{\"concurrency_limit\": 3, \"key_limit\": 2}").json();
    assertThat(limited.path("concurrency_limit").asInt()).isEqualTo(3);
    assertThat(limited.path("key_limit").asInt()).isEqualTo(2);
    assertThat(queue("doors-2")).isEqualTo(limited);

    JsonNode free = put("doors-2", "{\"concurrency_limit\": null}").json();
    assertThat(free.path("concurrency_limit").isNull()).isTrue();
    assertThat(free.path("key_limit").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"concurrency_limit": 0}            | /concurrency_limit
          {"concurrency_limit": "3"}          | /concurrency_limit
          {"concurrency_limit": 4294967296}   | /concurrency_limit
          {"key_limit": -1}                   | /key_limit
          {"limit": 3}                        | /limit
          """)
  void what_makes_no_limit_is_refused(String body, String pointer) {
    Answer answer = put("doors-3", body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("invalid_queue");
    assertThat(answer.pointers()).containsExactly(pointer);
    assertThat(queue("doors-3").isMissingNode()).isTrue();
  }

  @Test
  void what_can_be_no_queue_is_not_found() {
    Answer answer = server.post("/queues/a%20b/pause", "{}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("not_found");
  }

  @Test
  void workers_are_listed_with_what_they_run() {
    server.submit("{\"type\":\"research\",\"params\":{\"url\":\"http://x\"}}");
    try (Leases.Session worker = worker("w-doors-4")) {
      int running = worker.claim(100).size();

      JsonNode seen =
          server
              .get("/workers")
              .json()
              .path("workers")
              .valueStream()
              .filter(one -> one.path("name").asString().equals("w-doors-4"))
              .findFirst()
              .orElseThrow();

      assertThat(seen.propertyNames())
          .containsExactly(
              "name", "types", "concurrency", "started_at", "heartbeat_at", "running", "alive");
      assertThat(seen.path("types").valueStream().map(JsonNode::asString))
          .containsExactly("research");
      assertThat(seen.path("concurrency").asInt()).isEqualTo(7);
      assertThat(seen.path("running").asInt()).isEqualTo(running).isPositive();
      assertThat(seen.path("alive").asBoolean()).isTrue();
    }
  }

  private Leases.Session worker(String name) {
    return server
        .part(Leases.class)
        .open(new Leases.NewWorker(name, List.of("research"), 7, Duration.ofHours(1)));
  }

  private List<String> queues(List<Lease> leases) {
    return leases.stream()
        .map(lease -> server.get("/tasks/" + lease.task()).json().path("queue").asString())
        .toList();
  }

  private JsonNode queue(String name) {
    return server
        .get("/queues")
        .json()
        .path("queues")
        .valueStream()
        .filter(queue -> queue.path("name").asString().equals(name))
        .findFirst()
        .orElse(TestServer.JSON.missingNode());
  }

  private Answer put(String name, String json) {
    return server.send(
        server
            .request("/queues/" + name)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }
}
