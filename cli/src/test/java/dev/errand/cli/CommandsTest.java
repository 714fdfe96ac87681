package dev.errand.cli;

import static dev.errand.cli.Said.ID;
import static dev.errand.cli.Said.OTHER;
import static dev.errand.cli.Said.REPORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.client.Json;
import dev.errand.testkit.loopback.LoopbackServer;
import dev.errand.testkit.loopback.LoopbackServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private final LoopbackServer server = LoopbackServer.start();
  private final Typed typed =
      new Typed().with("ERRAND_URL", server.url()).with("ERRAND_TOKEN", "secret");

  @TempDir Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void list_shows_a_row_for_each_task() {
    server.on(
        "GET /tasks?limit=20",
        Reply.json(200, "{\"tasks\":[" + Said.task(ID, "research", "running") + "]}"));

    var outcome = typed.run("list");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().lines().skip(1))
        .singleElement()
        .asString()
        .contains(ID, "running", "40%", "research Why not?");
    assertThat(outcome.err()).isEmpty();
    assertThat(server.requests().getFirst().header("Authorization")).isEqualTo("Bearer secret");
  }

  @Test
  void list_passes_on_what_to_look_for() {
    server.on(
        "GET /tasks?limit=5&status=failed&type=echo&tag=weekly",
        Reply.json(200, "{\"tasks\":[],\"next_cursor\":null}"));

    var outcome =
        typed.run(
            "list",
            "--status",
            "failed",
            "--type=echo",
            "--tag",
            "weekly",
            "--limit",
            "5",
            "--json");

    assertThat(outcome.code()).isZero();
    assertThat(Json.read(outcome.out()).path("tasks").isArray()).isTrue();
  }

  @Test
  void show_says_how_a_task_stands() {
    Said.life(server, "failed");

    var outcome = typed.run("show", ID);

    assertThat(outcome.out())
        .contains("status        failed", "tags          weekly", "handler_error: no")
        .contains("created       2026-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4E5F", "2b6f3c1d4e5f", "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4"})
  void the_start_or_the_end_of_an_id_is_enough(String part) {
    Said.life(server, "failed");
    String tasks = Said.task(OTHER, "echo", "failed") + "," + Said.task(ID, "echo", "failed");
    server.on("GET /tasks?limit=200", Reply.json(200, "{\"tasks\":[" + tasks + "]}"));

    var outcome = typed.run("show", part, "--json");

    assertThat(Json.read(outcome.out()).path("id").asString()).isEqualTo(ID);
  }

  @ParameterizedTest
  @CsvSource({
    "01980c6e, 4, more of the id",
    "ffff, 4, None of your newest",
    "xyz, 2, no task's id"
  })
  void a_part_of_an_id_that_means_none_or_many_is_told_so(String part, int code, String message) {
    String tasks = Said.task(OTHER, "echo", "failed") + "," + Said.task(ID, "echo", "failed");
    server.on("GET /tasks?limit=200", Reply.json(200, "{\"tasks\":[" + tasks + "]}"));

    var outcome = typed.run("show", part);

    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.err()).contains(message);
  }

  @Test
  void submit_prints_the_id_and_sends_what_was_typed() {
    Said.life(server, "completed");

    var outcome =
        typed.run(
            "submit",
            "echo",
            "--params",
            "{\"msg\":\"hi\"}",
            "--delay",
            "5m",
            "--timeout",
            "2h",
            "--priority",
            "high",
            "--max-retries",
            "0",
            "--ttl",
            "1h",
            "--budget",
            "200000",
            "--budget",
            "0.50usd",
            "--tag",
            "a",
            "--tag",
            "b",
            "--queue",
            "nightly",
            "--concurrency-key",
            "tenant-7",
            "--callback",
            "https://example.com/told",
            "--idempotency-key",
            "k");

    assertThat(outcome.out()).isEqualTo(ID + "\n");
    var request = server.latest("POST /tasks");
    assertThat(request.header("Idempotency-Key")).isEqualTo("k");
    assertThat(Json.read(request.body()))
        .isEqualTo(
            Json.read(
                """
                {"type":"echo","params":{"msg":"hi"},"delay_seconds":300,"timeout_seconds":7200,
                 "ttl_seconds":3600,"budget":{"tokens":200000,"usd":0.50},
                 "priority":"high","max_retries":0,"tags":["a","b"],"queue":"nightly",
                 "concurrency_key":"tenant-7","callback_url":"https://example.com/told"}\
                """));
  }

  @Test
  void submit_reads_params_from_the_input_or_a_file() throws IOException {
    Said.life(server, "completed");
    Path file = Files.writeString(folder.resolve("p.json"), "{\"from\":\"file\"}");

    assertThat(typed.input("{\"from\":\"input\"}").run("submit", "echo", "--params", "-").code())
        .isZero();
    assertThat(server.latest("POST /tasks").body()).contains("\"from\":\"input\"");
    assertThat(typed.run("submit", "echo", "--params", "@" + file).code()).isZero();
    assertThat(server.latest("POST /tasks").body()).contains("\"from\":\"file\"");
  }

  @Test
  void watch_shows_progress_line_by_line_and_hands_over_the_report() {
    Said.life(server, "completed");

    var outcome = typed.run("watch", ID);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isEqualTo("# Därum\n");
    assertThat(outcome.err())
        .startsWith("queued\nstep rank started\n50% reading  [2J12 of 30\ncompleted\n")
        .contains("artifact ID -o FILE", REPORT + "           8  report.md");
  }

  @Test
  void on_a_terminal_progress_is_one_line_drawn_again_and_wiped_at_the_end() {
    Said.life(server, "completed");

    var outcome = typed.onTerminal().run("watch", ID);

    assertThat(outcome.err())
        .contains("\r\u001b[K[############------------]  50%  rank: reading  [2J12 of 30")
        .contains("100%");
    assertThat(outcome.err().substring(0, outcome.err().indexOf('\n'))).endsWith("\r\u001b[K");
    assertThat(outcome.out()).isEqualTo("# Därum\n");
  }

  @Test
  void watch_as_json_prints_a_line_for_each_event_then_the_task() {
    Said.life(server, "failed");

    var outcome = typed.run("watch", ID, "--json");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out().lines().map(Json::read)).hasSize(5);
    assertThat(outcome.out().lines().toList().getLast()).contains("\"status\":\"failed\"");
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"failed, has failed: handler_error: no", "cancelled, has been cancelled."})
  void a_task_that_did_not_complete_is_exit_code_1_with_advice(String status, String message) {
    Said.life(server, status);

    var outcome = typed.run("submit", "echo", "--watch");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(message, "errand log " + ID, "errand retry " + ID);
  }

  @Test
  void research_on_a_running_server_prints_the_report() throws IOException {
    Said.life(server, "completed");
    Files.writeString(folder.resolve("a.md"), "text");

    var outcome = typed.run("research", "Why", "not?", "--docs", folder + "/.", "--depth=brief");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isEqualTo("# Därum\n");
    assertThat(Json.read(server.latest("POST /research").body()))
        .isEqualTo(
            Json.read(
                "{\"prompt\":\"Why not?\",\"docs\":[\"%s\"],\"depth\":\"brief\"}"
                    .formatted(folder)));
  }

  @Test
  void research_passes_on_how_far_to_go_and_the_plan_in_a_file() throws IOException {
    Said.life(server, "completed");
    Path plan = folder.resolve("plan.json");
    Files.writeString(plan, "{\"plan\":{\"questions\":[{\"question\":\"Why?\"}]}}");

    var outcome =
        typed.run(
            "research",
            "Why?",
            "--web",
            "--rounds=3",
            "--formats=html,pdf",
            "--report=qa",
            "--quotes",
            "--plan",
            plan.toString());

    assertThat(outcome.code()).isZero();
    assertThat(Json.read(server.latest("POST /research").body()))
        .isEqualTo(
            Json.read(
                "{\"prompt\":\"Why?\",\"sources\":[\"web\"],\"rounds\":3,"
                    + "\"formats\":[\"markdown\",\"json\",\"html\",\"pdf\"],"
                    + "\"report_type\":\"qa\",\"writer\":\"extractive\","
                    + "\"plan\":{\"questions\":[{\"question\":\"Why?\"}]}}"));
  }

  @Test
  void research_as_json_is_one_document() {
    Said.life(server, "completed");

    var document = Json.read(typed.run("research", "Why?", "--json").out());

    assertThat(document.path("report").asString()).isEqualTo("# Därum\n");
    assertThat(document.path("artifacts").path(0).path("name").asString()).isEqualTo("report.md");
    assertThat(document.path("task").path("id").asString()).isEqualTo(ID);
  }

  @Test
  void log_shows_a_line_for_each() {
    server.on(
        "GET /tasks/" + ID + "/log",
        Reply.bytes(
            200,
            "application/x-ndjson",
            "{\"number\":1,\"at\":\"2026-01-01T00:00:00Z\",\"level\":\"warn\",\"text\":\"ü\"}\n"));

    assertThat(typed.run("log", ID).out()).isEqualTo("2026-01-01T00:00:00Z WARN  ü\n");
  }

  @Test
  void cancel_and_retry_say_what_is_now() {
    server
        .on("POST /tasks/" + ID + "/cancel", Reply.json(200, Said.task(ID, "echo", "running")))
        .on("POST /tasks/" + ID + "/retry", Reply.json(200, Said.task(ID, "echo", "queued")));

    assertThat(typed.run("cancel", ID).out()).isEqualTo(ID + " has been asked to stop\n");
    assertThat(typed.run("retry", ID).out()).isEqualTo(ID + " queued\n");
  }

  @Test
  void artifacts_lists_and_artifact_fetches_to_the_output_or_a_file() {
    Said.life(server, "completed");
    Path file = folder.resolve("report.md");

    assertThat(typed.run("artifacts", ID).out()).contains(REPORT, "report.md");
    assertThat(typed.run("artifact", REPORT).out()).isEqualTo("# Därum\n");
    assertThat(typed.run("artifact", REPORT, "-o", file.toString()).code()).isZero();
    assertThat(file).hasContent("# Därum\n");
  }

  @Test
  void a_download_that_fails_leaves_the_file_as_it_was() throws IOException {
    server.on("GET /artifacts/a", Reply.cut("text/plain", "half"));
    Path file = Files.writeString(folder.resolve("kept"), "before");

    assertThat(typed.run("artifact", "a", "-o", file.toString()).code()).isEqualTo(3);
    assertThat(file).hasContent("before");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void a_file_that_cannot_be_written_is_this_machines_trouble() {
    Said.life(server, "completed");

    var outcome = typed.run("artifact", REPORT, "-o", folder + "/no/such/place");

    assertThat(outcome.code()).isEqualTo(6);
    assertThat(outcome.err()).contains("cannot be written");
  }

  @Test
  void a_refusal_names_each_bad_field() {
    server.on(
        "POST /tasks",
        Reply.problem(
            422,
            """
            {"code":"task_rejected_invalid_params","detail":"The params are wrong.",
             "errors":[{"pointer":"/url","detail":"is missing"}]}\
            """));

    var outcome = typed.run("submit", "fetch_url");

    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.err())
        .contains("The params are wrong. [task_rejected_invalid_params]", "  /url: is missing");
  }

  @Test
  void what_the_refusal_says_of_a_field_is_not_said_again() {
    server.on(
        "POST /tasks",
        Reply.problem(
            422,
            """
            {"code":"task_rejected_invalid_params","detail":"/params/url is missing; /ttl is 0.",
             "errors":[{"pointer":"/params/url","detail":"is missing"},
                       {"pointer":"/ttl","detail":"is 0"}]}\
            """));

    assertThat(typed.run("submit", "fetch_url").err())
        .isEqualTo(
            "The server refused: /params/url is missing; /ttl is 0. [task_rejected_invalid_params]\n");
  }

  @Test
  void a_wrong_token_is_refused_with_advice() {
    server.on(
        "GET /tasks?limit=20",
        Reply.problem(401, "{\"code\":\"unauthorized\",\"detail\":\"Unknown token.\"}"));

    var outcome = typed.run("list");

    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.err()).contains("Unknown token.", "ERRAND_TOKEN");
  }

  @Test
  void a_server_that_is_not_there_is_exit_code_3() {
    server.close();

    var outcome = typed.run("list");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains(server.url(), "errand serve");
  }
}
