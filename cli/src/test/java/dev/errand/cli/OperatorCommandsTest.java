package dev.errand.cli;

import static dev.errand.cli.Said.ID;
import static dev.errand.cli.Said.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.client.Json;
import dev.errand.testkit.loopback.LoopbackServer;
import dev.errand.testkit.loopback.LoopbackServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorCommandsTest {
  private static final String QUEUE =
      """
      {"name":"nightly","paused":%s,"concurrency_limit":%s,"key_limit":1,"waiting":7,"later":2,"running":3}\
      """;

  private final LoopbackServer server = LoopbackServer.start();
  private final Typed typed = new Typed().with("ERRAND_URL", server.url());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void queues_shows_what_waits_and_what_runs() {
    server.on(
        "GET /queues",
        Reply.json(
            200,
            "{\"queues\":["
                + QUEUE.formatted(true, 3)
                + ","
                + QUEUE.formatted(false, null)
                + "]}"));

    var outcome = typed.run("queues");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "QUEUE STATE WAITING RUNNING LATER LIMIT",
            "nightly paused 7 3 2 3",
            "nightly open 7 3 2 -");
    assertThat(Json.read(typed.run("queues", "--json").out()).path("queues").size()).isEqualTo(2);
  }

  @Test
  void where_there_are_no_queues_and_no_workers_it_says_so() {
    server.on("GET /queues", Reply.json(200, "{\"queues\":[]}"));
    server.on("GET /workers", Reply.json(200, "{\"workers\":[]}"));

    assertThat(typed.run("queues").err()).contains("No queues");
    assertThat(typed.run("workers").err()).contains("No workers");
  }

  @Test
  void pause_and_resume_say_how_the_queue_stands() {
    server.on("POST /queues/nightly/pause", Reply.json(200, QUEUE.formatted(true, null)));
    server.on("POST /queues/nightly/resume", Reply.json(200, QUEUE.formatted(false, null)));

    assertThat(typed.run("pause", "nightly").out())
        .isEqualToIgnoringNewLines("nightly paused, 7 waiting, 3 running");
    assertThat(typed.run("resume", "nightly").out())
        .isEqualToIgnoringNewLines("nightly open, 7 waiting, 3 running");
    assertThat(typed.run("pause").err()).contains("QUEUE is missing");
  }

  @Test
  void workers_shows_who_is_how_busy() {
    server.on(
        "GET /workers",
        Reply.json(
            200,
            """
            {"workers":[{"name":"pid 7","types":["echo","sleep"],"concurrency":64,"running":5,
             "alive":true,"started_at":"2026-01-01T00:00:00Z","heartbeat_at":"2026-01-01T00:00:00Z"},
             {"name":"pid 8","types":["echo"],"concurrency":1,"running":1,"alive":false}]}
            """));

    assertThat(typed.run("workers").out().lines().skip(1).map(line -> line.replaceAll(" +", " ")))
        .containsExactly("pid 7 alive 5 of 64 echo, sleep", "pid 8 silent 1 of 1 echo");
  }

  @Test
  void dead_letters_shows_why_tasks_failed() {
    server.on(
        "GET /dead-letters?limit=50",
        Reply.json(200, "{\"tasks\":[" + Said.task(ID, "echo", "failed") + "]}"));

    var outcome = typed.run("dead-letters");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains(ID + "  echo", "  handler_error: no");
  }

  @Test
  void dead_letters_sets_those_going_again_that_it_would_show() {
    String tasks = Said.task(ID, "echo", "failed") + "," + Said.task(OTHER, "echo", "failed");
    server.on(
        "GET /dead-letters?limit=2&type=echo",
        Reply.json(200, "{\"tasks\":[" + tasks + "],\"next_cursor\":\"more\"}"));
    server.on(
        "POST /dead-letters/retry",
        Reply.json(200, "{\"retried\":1,\"task_ids\":[\"" + ID + "\"]}"));

    var outcome = typed.run("dead-letters", "--type", "echo", "--limit", "2", "--retry");

    assertThat(outcome.out()).isEqualToIgnoringNewLines("Tasks set going again: 1");
    assertThat(outcome.err()).contains("There are more.");
    assertThat(server.requests().getLast().body()).contains(ID, OTHER);
  }

  @Test
  void show_says_why_a_task_waits() {
    String task = Said.task(ID, "echo", "queued");
    server.on(
        "GET /tasks/" + ID,
        Reply.json(
            200,
            task.substring(0, task.lastIndexOf('}'))
                + ",\"waiting_for\":{\"reason\":\"queue_paused\",\"detail\":\"It is paused.\"}}"));

    assertThat(typed.run("show", ID).out()).contains("waiting       It is paused.");
  }
}
