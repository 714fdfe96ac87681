package dev.errand.client;

import static dev.errand.client.Said.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.testkit.loopback.LoopbackServer;
import dev.errand.testkit.loopback.LoopbackServer.Reply;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrandClientTest {
  private final LoopbackServer server = LoopbackServer.start();
  private final ErrandClient client = ErrandClient.of(server.url() + "/", "secret");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_submission_carries_what_was_set_and_nothing_else() {
    server.on("POST /tasks", Reply.json(202, Said.task("pending")));
    Submission submission =
        Submission.of("echo", Json.read("{\"msg\":\"grüß dich ✓\"}"))
            .delay(Duration.ofMinutes(5))
            .priority("high")
            .maxRetries(0)
            .timeout(Duration.ofSeconds(90))
            .tags(List.of("weekly"));

    Task task = client.submit(submission, "key-1");

    assertThat(task.status()).isEqualTo("pending");
    var request = server.latest("POST /tasks");
    assertThat(Json.read(request.body()))
        .isEqualTo(
            Json.read(
                """
                {"type":"echo","params":{"msg":"grüß dich ✓"},"delay_seconds":300,
                 "priority":"high","max_retries":0,"timeout_seconds":90,"tags":["weekly"]}\
                """));
    assertThat(request.header("Idempotency-Key")).isEqualTo("key-1");
    assertThat(request.header("Authorization")).isEqualTo("Bearer secret");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void a_submission_says_how_long_it_is_wanted_and_what_it_may_cost() {
    server.on("POST /tasks", Reply.json(202, Said.task("pending")));
    client.submit(
        Submission.of("echo", Json.object())
            .queue("nightly")
            .concurrencyKey("report-7")
            .ttl(Duration.ofHours(1))
            .tokens(200_000)
            .dollars(new BigDecimal("0.50")));

    assertThat(Json.read(server.latest("POST /tasks").body()))
        .isEqualTo(
            Json.read(
                """
                {"type":"echo","params":{},"queue":"nightly","concurrency_key":"report-7",
                 "ttl_seconds":3600,"budget":{"tokens":200000,"usd":0.50}}\
                """));
  }

  @Test
  void a_batch_is_submitted_under_one_key_and_says_how_it_stands() {
    server
        .on("POST /tasks/batch", Reply.json(202, "{\"batch_id\":\"b\",\"task_ids\":[\"b\",\"c\"]}"))
        .on(
            "GET /batches/b",
            Reply.json(
                200, "{\"id\":\"b\",\"total\":2,\"counts\":{\"completed\":2},\"progress\":100}"));
    Submission one = Submission.of("echo", Json.object());

    Batch.Accepted accepted = client.submitAll(List.of(one, one.priority("low")), "key");

    assertThat(accepted.tasks()).containsExactly("b", "c");
    var request = server.latest("POST /tasks/batch");
    assertThat(request.header("Idempotency-Key")).isEqualTo("key");
    assertThat(Json.read(request.body()).path("tasks").size()).isEqualTo(2);
    assertThat(client.batch(accepted.id()).ended()).isTrue();
  }

  @Test
  void a_schedule_carries_its_task_and_can_be_deleted() {
    String said =
        """
        {"id":"s","name":"nightly","cron":"30 2 * * *","time_zone":"Europe/Berlin","paused":false,
         "type":"echo","next_runs":["2026-01-02T01:30:00Z"],
         "last_run":{"due_at":"2026-01-01T01:30:00Z","triggered":false,"status":"submitted",
          "task_id":"t","reason":null}}\
        """;
    server
        .on("POST /schedules", Reply.json(201, said))
        .on("DELETE /schedules/s", Reply.bytes(204, "", ""));
    Submission task = Submission.of("echo", Json.object()).maxRetries(0);

    Schedule schedule =
        client
            .schedules()
            .create(NewSchedule.of("30 2 * * *", task).name("nightly").timeZone("Europe/Berlin"));
    client.schedules().delete(schedule.id());

    assertThat(schedule.nextRuns()).containsExactly(Instant.parse("2026-01-02T01:30:00Z"));
    assertThat(schedule.lastRun()).isNotNull().extracting(Schedule.Run::task).isEqualTo("t");
    assertThat(Json.read(server.latest("POST /schedules").body()))
        .isEqualTo(
            Json.read(
                """
                {"cron":"30 2 * * *","type":"echo","params":{},"max_retries":0,"name":"nightly",
                 "time_zone":"Europe/Berlin"}\
                """));
    assertThat(server.latest("DELETE /schedules/s").body()).isEmpty();
  }

  @Test
  void an_artifact_is_sent_as_base64() {
    server.on("POST /artifacts", Reply.json(201, "{\"id\":\"a\",\"size\":3}"));

    Artifact artifact = client.upload(ID, "note", "text/plain", new byte[] {-1, 0, 1});

    assertThat(artifact.size()).isEqualTo(3);
    assertThat(Json.read(server.latest("POST /artifacts").body()))
        .isEqualTo(
            Json.read(
                """
                {"task_id":"%s","type":"note","content_type":"text/plain","data_base64":"/wAB"}\
                """
                    .formatted(ID)));
  }

  @Test
  void each_submission_without_a_key_gets_one_of_its_own() {
    server.on("POST /tasks", Reply.json(202, Said.task("pending")));
    client.submit(Submission.of("echo", Json.object()));
    client.submit(Submission.of("echo", Json.object()));

    assertThat(server.requests())
        .extracting(request -> request.header("Idempotency-Key"))
        .doesNotHaveDuplicates()
        .doesNotContainNull();
  }

  @Test
  void research_names_folders_and_pages_only_where_there_are_any() {
    server.on("POST /research", Reply.json(202, Said.task("pending")));
    client.research(new Research("Why?", List.of("/srv/docs"), List.of(), null, Map.of()));

    assertThat(Json.read(server.latest("POST /research").body()))
        .isEqualTo(Json.read("{\"prompt\":\"Why?\",\"docs\":[\"/srv/docs\"]}"));
  }

  @Test
  void a_fetch_says_what_to_keep() {
    server.on("POST /fetch", Reply.json(202, Said.task("pending")));
    client.fetch("http://example.org/", true, false);

    assertThat(Json.read(server.latest("POST /fetch").body()))
        .isEqualTo(
            Json.read(
                """
                {"url":"http://example.org/","reader_mode":true,"store_raw_html":false}\
                """));
  }

  @Test
  void a_search_names_its_sources_where_it_has_any() {
    server.on("POST /search", Reply.json(202, Said.task("pending")));
    server.on("POST /search/batch", Reply.json(202, Said.task("pending")));
    client.search("task queues", List.of());
    client.searchBatch(List.of("a", "b"), List.of("brave"));

    assertThat(Json.read(server.latest("POST /search").body()))
        .isEqualTo(Json.read("{\"query\":\"task queues\"}"));
    assertThat(Json.read(server.latest("POST /search/batch").body()))
        .isEqualTo(Json.read("{\"sources\":[\"brave\"],\"queries\":[\"a\",\"b\"]}"));
  }

  @Test
  void a_task_is_read_with_what_the_client_has_no_name_for() {
    server.on("GET /tasks/" + ID, Reply.json(200, Said.task("running")));

    Task task = client.task(ID);

    assertThat(task.progress()).isEqualTo(40);
    assertThat(task.currentStep()).isEqualTo("plan");
    assertThat(task.steps()).containsExactly("read");
    assertThat(task.createdAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(task.finishedAt()).isNull();
    assertThat(task.result()).isNull();
    assertThat(task.error()).isNull();
    assertThat(Json.line(task.json())).contains("\"from_the_future\":[1,2.5,true,null]");
  }

  @Test
  void a_list_is_asked_for_by_what_was_named() {
    server.on(
        "GET /tasks?limit=5&status=failed&tag=a%20b%26c&cursor=next%3D",
        Reply.json(200, "{\"tasks\":[" + Said.task("failed") + "],\"next_cursor\":\"more\"}"));

    TaskPage page = client.tasks(new TaskQuery("failed", null, "a b&c", "next=", 5));

    assertThat(page.tasks()).singleElement().extracting(Task::status).isEqualTo("failed");
    assertThat(page.nextCursor()).isEqualTo("more");
  }

  @Test
  void an_id_cannot_lead_to_another_path() {
    assertThatThrownBy(() -> client.task("../limits?x=y")).isInstanceOf(Refused.class);
    assertThat(server.requests().getFirst().call()).isEqualTo("GET /tasks/..%2Flimits%3Fx%3Dy");
  }

  @Test
  void attempts_tell_what_became_of_each() {
    server.on(
        "GET /tasks/" + ID + "/attempts",
        Reply.json(
            200,
            """
            {"attempts":[{"number":1,"worker":"w","started_at":"2026-01-01T00:00:00Z",
             "ended_at":null,"outcome":"failed","error":{"code":"c","message":"m"}}]}\
            """));

    Attempt attempt = client.attempts(ID).getFirst();

    assertThat(attempt.outcome()).isEqualTo("failed");
    assertThat(attempt.error()).isEqualTo(new Task.TaskError("c", "m"));
  }

  @Test
  void an_unfinished_tasks_artifacts_are_those_of_its_events() {
    String stored = "{\"id\":3,\"type\":\"artifact_stored\",\"data\":{\"artifact_id\":\"a1\"}}";
    server
        .on(
            "GET /tasks/" + ID + "/events",
            Reply.json(200, "{\"events\":[" + stored + "]}"),
            Reply.json(200, "{\"events\":[]}"))
        .on("GET /artifacts/a1/meta", Reply.json(200, "{\"id\":\"a1\",\"name\":\"n\",\"size\":7}"));

    assertThat(client.artifacts(Task.of(Json.read(Said.task("running")))))
        .extracting(Artifact::name, Artifact::size)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("n", 7L));
  }

  @Test
  void an_artifact_arrives_byte_for_byte() {
    String bytes = "a\u0000b\r\nü".repeat(50_000);
    server.on("GET /artifacts/a1", Reply.bytes(200, "application/octet-stream", bytes));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    client.download("a1", out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(bytes);
  }

  @Test
  void an_artifact_that_is_cut_short_is_not_taken_for_whole() {
    server.on("GET /artifacts/a1", Reply.cut("text/plain", "half of i"));

    assertThatThrownBy(() -> client.download("a1", new ByteArrayOutputStream()))
        .isInstanceOf(Unreachable.class);
  }

  @Test
  void a_refusal_tells_status_code_detail_and_each_bad_field() {
    server.on(
        "POST /tasks",
        Reply.problem(
            422,
            """
            {"code":"task_rejected_invalid_params","detail":"1 field is wrong.","status":422,
             "errors":[{"pointer":"/params/url","detail":"is no address"}]}\
            """));

    Refused refused =
        catchThrowableOfType(
            Refused.class, () -> client.submit(Submission.of("fetch_url", Json.object())));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("task_rejected_invalid_params");
    assertThat(refused.detail()).isEqualTo("1 field is wrong.");
    assertThat(refused.violations())
        .containsExactly(new Refused.Violation("/params/url", "is no address"));
    assertThat(refused.passing()).isFalse();
  }

  @Test
  void a_refused_token_is_a_refusal_too() {
    server.on("POST /tasks", Reply.problem(401, "{\"code\":\"unauthorized\",\"detail\":\"no\"}"));

    Refused refused =
        catchThrowableOfType(
            Refused.class, () -> client.submit(Submission.of("echo", Json.object())));

    assertThat(refused.code()).isEqualTo("unauthorized");
  }

  @Test
  void a_refusal_says_when_to_come_back() {
    server.on(
        "GET /tasks/" + ID,
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "7");
          Reply.problem(429, "{\"code\":\"rate_limit_exceeded\",\"detail\":\"slowly\"}")
              .to(exchange);
        });

    Refused refused = catchThrowableOfType(Refused.class, () -> client.task(ID));

    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(refused.passing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Bad gateway</html>", "", "[]", "{\"title\":\"no code\"}"})
  void a_refusal_that_is_no_problem_document_still_has_its_status(String body) {
    server.on("GET /tasks/" + ID, Reply.bytes(502, "text/html", body));

    Refused refused = catchThrowableOfType(Refused.class, () -> client.task(ID));

    assertThat(refused.code()).isEqualTo("http_502");
    assertThat(refused.detail()).contains("502").contains(server.url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Hello</html>", "", "{\"id\":", "{} {}"})
  void another_program_on_the_port_is_not_taken_for_a_server(String body) {
    server.on("GET /tasks/" + ID, Reply.bytes(200, "text/html", body));

    assertThatThrownBy(() -> client.task(ID))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("does not speak as an Errand server");
  }

  @Test
  void a_redirect_is_not_followed_with_the_token() {
    server.on(
        "GET /tasks/" + ID,
        exchange -> {
          exchange.getResponseHeaders().set("Location", server.url() + "/elsewhere");
          exchange.sendResponseHeaders(302, -1);
        });

    assertThatThrownBy(() -> client.task(ID)).isInstanceOf(Refused.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void nobody_at_the_address_is_said_so() {
    server.close();

    assertThatThrownBy(() -> client.task(ID))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("No server answers at " + server.url());
    assertThat(client.healthy()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "ftp://x/", "http://", "not an address", ""})
  void an_address_that_is_none_is_refused_at_once(String url) {
    assertThatThrownBy(() -> ErrandClient.of(url, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
