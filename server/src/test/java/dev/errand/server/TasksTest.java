package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskError;
import dev.errand.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TasksTest {
  private final TestServer server = TestServer.shared();

  @Test
  void a_submitted_task_is_answered_with_202_and_everything_that_is_known_of_it() {
    Answer answer =
        server.post(
            "/tasks",
            """
            {"type": "say", "params": {"msg": "Grüße, 世界 🌍"}, "timeout_seconds": 300,
             "max_retries": 0, "priority": "high", "tags": ["a", "b"]}
            """);

    assertThat(answer.status()).isEqualTo(202);
    JsonNode task = answer.json();
    assertThat(answer.header("Location")).isEqualTo("/tasks/" + task.path("id").asString());
    assertThat(task.propertyNames())
        .containsExactly(
            "id",
            "type",
            "status",
            "params",
            "priority",
            "progress",
            "current_step",
            "steps",
            "attempt",
            "max_retries",
            "timeout_seconds",
            "queue",
            "tags",
            "owner",
            "cancel_requested",
            "run_at",
            "queued_at",
            "started_at",
            "finished_at",
            "estimated_completion",
            "result",
            "error",
            "created_at",
            "updated_at",
            "links");
    assertThat(task.path("status").asString()).isEqualTo("queued");
    assertThat(task.at("/params/msg").asString()).isEqualTo("Grüße, 世界 🌍");
    assertThat(task.path("priority").asString()).isEqualTo("high");
    assertThat(task.path("timeout_seconds").asInt()).isEqualTo(300);
    assertThat(task.path("max_retries").asInt()).isZero();
    assertThat(task.path("owner").asString()).isEqualTo("admin");
    assertThat(task.path("tags").valueStream().map(JsonNode::asString)).containsExactly("a", "b");
    assertThat(task.path("result").isNull()).isTrue();
    assertThat(Instant.parse(task.path("created_at").asString())).isNotNull();
    assertThat(task.at("/links/cancel").asString()).endsWith("/cancel");
    assertThat(task.path("links").has("retry")).isFalse();
    ObjectNode found = (ObjectNode) server.get(answer.header("Location")).json();
    assertThat(found.remove("waiting_for").isObject()).isTrue();
    // What others took tells how long this one will; the answer to a submission does not wait for
    // it.
    found.putNull("estimated_completion");
    assertThat(found.remove("spent").isObject()).isTrue();
    assertThat(found).isEqualTo(task);
  }

  @Test
  void a_delayed_task_waits_as_pending() {
    JsonNode delayed =
        server.post("/tasks", "{\"type\":\"say\",\"params\":{},\"delay_seconds\":3600}").json();
    JsonNode scheduled =
        server
            .post(
                "/tasks",
                "{\"type\":\"say\",\"params\":{},\"run_at\":\"2099-05-01T09:00:00+02:00\"}")
            .json();

    assertThat(delayed.path("status").asString()).isEqualTo("pending");
    assertThat(delayed.path("queued_at").isNull()).isTrue();
    assertThat(scheduled.path("status").asString()).isEqualTo("pending");
    assertThat(scheduled.path("run_at").asString()).isEqualTo("2099-05-01T07:00:00Z");
  }

  @Test
  void the_same_idempotency_key_gives_the_same_task_back() {
    String key = UUID.randomUUID().toString();
    Answer first = submitWithKey(key, "{\"type\":\"say\",\"params\":{\"msg\":\"once\"}}");
    Answer second = submitWithKey(key, "{\"params\": {\"msg\": \"once\"}, \"type\": \"say\"}");
    Answer other = submitWithKey(key, "{\"type\":\"say\",\"params\":{\"msg\":\"twice\"}}");

    assertThat(second.status()).isEqualTo(202);
    assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.problem()).isEqualTo("idempotency_key_reused");
  }

  @Test
  void an_overlong_idempotency_key_is_refused() {
    Answer answer = submitWithKey("k".repeat(101), "{\"type\":\"say\",\"params\":{}}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.pointers()).containsExactly("/Idempotency-Key");
  }

  @Test
  void a_ttl_and_a_budget_belong_to_what_a_key_stands_for() {
    String plain = "{\"type\":\"say\",\"params\":{}";
    String first = plain + ",\"ttl_seconds\":60,\"budget\":{\"tokens\":5}}";
    assertThat(submitWithKey("limited", first).status()).isEqualTo(202);

    assertThat(submitWithKey("limited", first).status()).isEqualTo(202);
    assertThat(submitWithKey("limited", plain + "}").problem()).isEqualTo("idempotency_key_reused");
    assertThat(submitWithKey("limited", first.replace("60", "61")).status()).isEqualTo(409);
    assertThat(submitWithKey("limited", first.replace("5}", "6}")).status()).isEqualTo(409);
  }

  @Test
  void a_task_that_may_expire_says_when() {
    String id = server.submit("{\"type\":\"say\",\"params\":{},\"ttl_seconds\":60}");

    JsonNode task = server.get("/tasks/" + id).json();

    Instant expiry = Instant.parse(task.path("expires_at").asString());
    assertThat(expiry).isEqualTo(Instant.parse(task.path("run_at").asString()).plusSeconds(60));
    assertThat(task.path("waiting_for").path("detail").asString())
        .endsWith("Unless it is started before %s, it fails as expired.".formatted(expiry));
    server.claim(id);
    assertThat(server.get("/tasks/" + id).json().has("expires_at")).isFalse();
  }

  private Answer submitWithKey(String key, String json) {
    return server.send(
        server
            .request("/tasks")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(json)));
  }

  @Test
  void steps_show_what_is_done_what_runs_and_what_is_to_come() {
    String task = server.submit();
    Lease lease = server.claim(task);
    Leases leases = server.part(Leases.class);
    leases.finishStep(lease, "listen", "1");
    leases.append(lease, List.of(new dev.errand.engine.event.NewEvent.StepStarted("think")));

    JsonNode shown = server.get("/tasks/" + task).json();

    assertThat(shown.path("status").asString()).isEqualTo("running");
    assertThat(shown.path("current_step").asString()).isEqualTo("think");
    assertThat(
            shown
                .path("steps")
                .valueStream()
                .map(s -> s.path("name").asString() + " " + s.path("status").asString()))
        .containsExactly("listen completed", "think running", "speak pending");
  }

  @Test
  void a_running_task_that_made_progress_has_an_estimated_completion() {
    String task = server.submit();
    Lease lease = server.claim(task);
    server
        .part(Leases.class)
        .append(lease, List.of(new dev.errand.engine.event.NewEvent.Progress(50, "half")));

    JsonNode shown = server.get("/tasks/" + task).json();

    Instant started = Instant.parse(shown.path("started_at").asString());
    assertThat(Instant.parse(shown.path("estimated_completion").asString())).isAfter(started);
    assertThat(shown.path("progress").asInt()).isEqualTo(50);
  }

  @Test
  void the_result_of_a_completed_task_names_its_artifacts() {
    String task = server.submit();
    server.post(
        "/artifacts",
        "{\"task_id\":\"%s\",\"type\":\"log\",\"content_type\":\"text/plain\",\"data_base64\":\"\"}"
            .formatted(task));
    server.end(server.claim(task), new Outcome.Completed("{\"said\": \"hello\"}"));

    JsonNode shown = server.get("/tasks/" + task).json();

    assertThat(shown.path("status").asString()).isEqualTo("completed");
    assertThat(shown.at("/result/said").asString()).isEqualTo("hello");
    assertThat(shown.at("/result/artifact_ids")).hasSize(1);
    assertThat(shown.path("finished_at").isNull()).isFalse();
    assertThat(shown.path("links").has("cancel")).isFalse();
  }

  @Test
  void a_result_that_is_no_object_stays_as_it_is() {
    String task = server.submit();
    server.end(server.claim(task), new Outcome.Completed("[1.10, 1e3]"));

    assertThat(server.get("/tasks/" + task).body()).contains("\"result\":[1.10,1E+3]");
  }

  @Test
  void a_waiting_task_is_cancelled_at_once_and_only_once() {
    String task = server.submit();

    Answer first = server.post("/tasks/" + task + "/cancel", "{}");
    Answer second = server.post("/tasks/" + task + "/cancel", "{}");

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().path("status").asString()).isEqualTo("cancelled");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.problem()).isEqualTo("conflict");
  }

  @Test
  void a_running_task_is_asked_to_stop() {
    String task = server.submit();
    server.claim(task);

    Answer answer = server.post("/tasks/" + task + "/cancel", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("cancel_requested").asBoolean()).isTrue();
    assertThat(server.post("/tasks/" + task + "/cancel", "").status()).isEqualTo(200);
  }

  @Test
  void a_failed_task_says_why_and_can_be_retried() {
    String task = server.submit();
    server.end(
        server.claim(task),
        new Outcome.Failed(new TaskError("no_voice", "Nothing came out.", "at Say.speak")));

    JsonNode failed = server.get("/tasks/" + task).json();
    assertThat(failed.path("error").toString())
        .isEqualTo("{\"code\":\"no_voice\",\"message\":\"Nothing came out.\"}");
    assertThat(failed.at("/links/retry").asString()).isEqualTo("/tasks/" + task + "/retry");

    Answer retried = server.post("/tasks/" + task + "/retry", "");
    assertThat(retried.status()).isEqualTo(200);
    assertThat(retried.json().path("status").asString()).isEqualTo("queued");
    assertThat(server.post("/tasks/" + task + "/retry", "").problem()).isEqualTo("conflict");
  }

  @Test
  void attempts_show_their_errors_and_administrators_see_stack_traces() {
    String task = server.submit();
    server.end(
        server.claim(task),
        new Outcome.Failed(new TaskError("no_voice", "Nothing came out.", "at Say.speak")));

    JsonNode attempts = server.get("/tasks/" + task + "/attempts").json().path("attempts");

    assertThat(attempts).hasSize(1);
    assertThat(attempts.at("/0/number").asInt()).isEqualTo(1);
    assertThat(attempts.at("/0/worker").asString()).isEqualTo("test");
    assertThat(attempts.at("/0/outcome").asString()).isEqualTo("failed");
    assertThat(attempts.at("/0/error/stack_trace").asString()).isEqualTo("at Say.speak");
  }

  @Test
  void a_list_is_read_page_by_page_newest_first() {
    String tag = UUID.randomUUID().toString();
    List<String> submitted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      submitted.addFirst(
          server.submit("{\"type\":\"say\",\"params\":{},\"tags\":[\"%s\"]}".formatted(tag)));
    }

    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = server.get("/tasks?limit=2&tag=" + tag + cursor);
      page.json().path("tasks").forEach(task -> listed.add(task.path("id").asString()));
      JsonNode next = page.json().path("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());

    assertThat(listed).isEqualTo(submitted);
  }

  @Test
  void a_page_that_ends_with_the_last_task_leads_nowhere() {
    String tag = UUID.randomUUID().toString();
    server.submit("{\"type\":\"say\",\"params\":{},\"tags\":[\"%s\"]}".formatted(tag));

    Answer page = server.get("/tasks?limit=1&tag=" + tag);

    assertThat(page.json().path("tasks")).hasSize(1);
    assertThat(page.json().path("next_cursor").isNull()).isTrue();
  }

  @Test
  void a_list_can_be_narrowed() {
    String word = UUID.randomUUID().toString();
    String task = server.submit("{\"type\":\"say\",\"params\":{\"msg\":\"%s\"}}".formatted(word));

    assertThat(ids("/tasks?q=" + word)).containsExactly(task);
    assertThat(ids("/tasks?status=queued&type=say&q=" + word)).containsExactly(task);
    assertThat(ids("/tasks?status=failed&q=" + word)).isEmpty();
    assertThat(ids("/tasks?type=research&q=" + word)).isEmpty();
    assertThat(ids("/tasks?owner=*&q=" + word)).containsExactly(task);
    assertThat(ids("/tasks?owner=somebody&q=" + word)).isEmpty();
  }

  private List<String> ids(String path) {
    return server
        .get(path)
        .json()
        .path("tasks")
        .valueStream()
        .map(task -> task.path("id").asString())
        .toList();
  }

  @Test
  void a_list_refuses_what_it_does_not_understand() {
    for (String query :
        List.of(
            "status=done",
            "limit=0",
            "limit=201",
            "limit=ten",
            "cursor=x",
            "cursor=%00",
            "state=failed",
            "q=%00")) {
      Answer answer = server.get("/tasks?" + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.problem()).as(query).isEqualTo("bad_request");
    }
  }

  @Test
  void an_unknown_task_is_not_found_whatever_is_asked_of_it() {
    for (String id : List.of(UUID.randomUUID().toString(), "1-1-1-1-1", "x", "%F0%9F%8C%8D")) {
      for (String part : List.of("", "/attempts", "/events", "/log")) {
        Answer answer = server.get("/tasks/" + id + part);
        assertThat(answer.status()).as(id + part).isEqualTo(404);
        assertThat(answer.problem()).as(id + part).isEqualTo("task_not_found");
      }
      assertThat(server.post("/tasks/" + id + "/cancel", "").problem()).isEqualTo("task_not_found");
      assertThat(server.post("/tasks/" + id + "/retry", "").problem()).isEqualTo("task_not_found");
    }
  }

  @Test
  void a_fetch_is_a_task_whose_params_are_the_body() {
    Answer answer =
        server.post("/fetch", "{\"url\":\"https://example.com/\",\"priority\":\"low\"}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("type").asString()).isEqualTo("fetch_url");
    assertThat(answer.json().path("priority").asString()).isEqualTo("low");
    assertThat(answer.json().path("params").toString())
        .isEqualTo("{\"url\":\"https://example.com/\"}");
  }

  @Test
  void what_is_wrong_with_a_fetch_is_pointed_at_in_the_body_as_it_was_sent() {
    assertThat(server.post("/fetch", "{\"url\":\"ftp:\"}").pointers()).containsExactly("/url");
    assertThat(server.post("/fetch", "{\"url\":\"http://forbidden\"}").pointers())
        .containsExactly("/url");
    assertThat(server.post("/research", "{\"url\":\"http:\",\"params\":{}}").pointers())
        .containsExactly("/params");
    assertThat(server.post("/research", "{\"url\":\"http:\",\"tags\":1}").pointers())
        .containsExactly("/tags");
  }

  @Test
  void limits_are_shown_under_their_variables_names() {
    JsonNode limits = server.get("/limits").json();

    assertThat(limits.path("task_max_artifact_mb").asInt()).isEqualTo(1);
    assertThat(limits.path("fetch_domain_allowlist").toString()).isEqualTo("[\"*\"]");
    assertThat(limits.propertyNames())
        .containsExactly(
            "task_max_runtime_seconds",
            "task_max_artifact_mb",
            "tasks_per_minute",
            "search_source_allowlist",
            "fetch_domain_allowlist",
            "max_batch_size",
            "search_cache_ttl_seconds",
            "fetch_cache_ttl_seconds",
            "search_max_results",
            "budget_task_tokens",
            "budget_task_usd",
            "budget_user_tokens_per_day",
            "budget_user_usd_per_day",
            "budget_tokens_per_day",
            "budget_usd_per_day");
  }
}
