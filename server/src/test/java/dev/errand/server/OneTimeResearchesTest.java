package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.server.TestServer.Answer;
import dev.errand.server.compat.push.PushedTasks;
import dev.errand.server.event.LiveStreams;
import dev.errand.server.security.TaskTokens;
import dev.errand.server.task.TaskWaiter;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OneTimeResearchesTest {
  private static final String PATH = "/api/one-time-researches";

  private final TestServer server = SeedServer.shared();

  @Test
  void a_research_is_accepted_with_the_record_of_the_seed() {
    Answer created = server.post(PATH, "{\"prompt\":\"Wie heißt 東京 🗼?\"}");

    assertThat(created.status()).isEqualTo(202);
    JsonNode record = created.json();
    assertThat(record.propertyNames())
        .containsExactly(
            "id",
            "user_id",
            "prompt",
            "status",
            "cloud_task_name",
            "output_log_url",
            "error_message",
            "created_at",
            "updated_at",
            "started_at",
            "finished_at");
    assertThat(record.path("prompt").asString()).isEqualTo("Wie heißt 東京 🗼?");
    assertThat(record.path("status").asString()).isEqualTo("queued");
    assertThat(record.path("user_id").asString()).isEqualTo("admin");
    assertThat(record.path("cloud_task_name").asString())
        .isEqualTo("queues/default/tasks/" + id(created));
    assertThat(created.header("Location")).isEqualTo(PATH + "/" + id(created));
    assertThat(server.get(PATH + "/" + id(created)).json()).isEqualTo(record);
  }

  @Test
  void its_record_follows_its_task() {
    String id = id(server.post(PATH, "{\"prompt\":\"Why?\"}"));
    Lease lease = server.claim(id);
    assertThat(status(id)).isEqualTo("running");

    server.end(lease, new Outcome.Completed("{\"answer\":\"so\"}"));

    JsonNode done = server.get(PATH + "/" + id).json();
    assertThat(done.path("status").asString()).isEqualTo("completed");
    assertThat(done.path("started_at").isNull()).isFalse();
    assertThat(done.path("finished_at").isNull()).isFalse();
    assertThat(done.path("output_log_url").asString())
        .isEqualTo("http://127.0.0.1:%d/tasks/%s/log".formatted(server.port(), id));
  }

  @Test
  void a_failure_is_told_and_a_cancelled_one_has_failed() {
    String failed = id(server.post(PATH, "{\"prompt\":\"Why?\"}"));
    server.end(server.claim(failed), new Outcome.Failed(new TaskError("x", "It rained.", null)));
    String cancelled = id(server.post(PATH, "{\"prompt\":\"Why?\"}"));
    server.post("/tasks/" + cancelled + "/cancel", "{}");

    assertThat(server.get(PATH + "/" + failed).json().path("error_message").asString())
        .isEqualTo("It rained.");
    assertThat(status(failed)).isEqualTo("failed");
    assertThat(status(cancelled)).isEqualTo("failed");
  }

  @Test
  void a_retrying_one_is_queued_again() {
    String id = id(server.post(PATH, "{\"prompt\":\"Why?\"}"));
    server.end(
        server.claim(id), new Outcome.Retrying(new TaskError("x", "y", null), Duration.ofHours(1)));

    assertThat(status(id)).isEqualTo("queued");
  }

  @Test
  void what_is_wrong_points_into_the_body() {
    assertThat(server.post(PATH, "{}").pointers()).containsExactly("/prompt");
    assertThat(server.post(PATH, "{\"prompt\":\" \"}").pointers()).containsExactly("/prompt");
    assertThat(server.post(PATH, "{\"prompt\":1}").status()).isEqualTo(422);
    assertThat(server.post(PATH, "{\"prompt\":\"x\",\"tags\":\"y\"}").pointers())
        .containsExactly("/tags");
    assertThat(server.post(PATH, "{\"prompt\":\"x\",\"frob\":1}").status()).isEqualTo(422);
    assertThat(server.post(PATH, "{\"prompt\":\"x\",\"prompt\":\"y\"}").problem())
        .isEqualTo("unreadable_json");
    assertThat(server.post(PATH, "{\"prompt\":\"a\\u0000b\"}").status()).isEqualTo(422);
  }

  @Test
  void the_list_shows_ones_own_page_by_page_and_no_other_research() {
    for (int i = 0; i < 3; i++) {
      send("lister", PATH, "{\"prompt\":\"number %d\"}".formatted(i));
    }
    send("lister", "/research", "{\"prompt\":\"not of this door\"}");

    JsonNode first = server.send(SeedServer.as("lister", server, PATH + "?limit=2")).json();
    JsonNode rest =
        server
            .send(
                SeedServer.as(
                    "lister",
                    server,
                    PATH + "?limit=2&cursor=" + first.path("next_cursor").asString()))
            .json();

    assertThat(prompts(first)).containsExactly("number 2", "number 1");
    assertThat(prompts(rest)).containsExactly("number 0");
    assertThat(rest.path("next_cursor").isNull()).isTrue();
    assertThat(server.send(SeedServer.as("lister", server, PATH + "?frob=1")).status())
        .isEqualTo(400);
  }

  @Test
  void somebody_elses_and_what_is_none_do_not_exist() {
    String id = id(server.post(PATH, "{\"prompt\":\"mine\"}"));
    String other =
        server.post("/research", "{\"prompt\":\"another door's\"}").json().path("id").asString();

    assertThat(server.send(SeedServer.as("stranger", server, PATH + "/" + id)).status())
        .isEqualTo(404);
    assertThat(server.get(PATH + "/" + other).status()).isEqualTo(404);
    assertThat(server.get(PATH + "/nonsense").status()).isEqualTo(404);
    assertThat(server.send(server.anonymous(PATH)).status()).isEqualTo(401);
  }

  @Test
  void the_queues_call_waits_for_the_engines_own_attempt() {
    String id = id(server.post(PATH, "{\"prompt\":\"Why?\"}"));
    Lease lease = server.claim(id);

    CompletableFuture<Answer> call =
        CompletableFuture.supplyAsync(() -> push(id, SeedServer.tokenFor(server, id)));
    assertThat(call).isNotDone();
    server.end(lease, new Outcome.Completed("{}"));

    Answer answer = call.join();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("status").asString()).isEqualTo("completed");
    assertThat(push(id, SeedServer.tokenFor(server, id)).status()).as("again").isEqualTo(200);
    assertThat(server.get("/tasks/" + id + "/attempts").json().path("attempts").size())
        .isEqualTo(1);
  }

  @Test
  void a_task_that_failed_or_is_long_gone_needs_no_further_call() {
    String id = id(server.post(PATH, "{\"prompt\":\"Why?\"}"));
    server.end(server.claim(id), new Outcome.Failed(new TaskError("x", "y", null)));
    String gone = TaskId.next().toString();

    assertThat(push(id, SeedServer.tokenFor(server, id)).json().path("status").asString())
        .isEqualTo("failed");
    assertThat(push(gone, SeedServer.tokenFor(server, gone)).status()).isEqualTo(200);
  }

  @Test
  void a_call_without_the_tasks_own_token_is_refused() {
    String id = id(server.post(PATH, "{\"prompt\":\"Why?\"}"));

    assertThat(push(id, "nonsense").problem()).isEqualTo("unauthorized");
    assertThat(push(id, SeedServer.tokenFor(server, TaskId.next().toString())).status())
        .isEqualTo(401);
    assertThat(push(id, server.token()).status()).as("the administrator's").isEqualTo(401);
    assertThat(
            server
                .send(
                    server
                        .anonymous("/api/internal/run-one-time-research/" + id)
                        .POST(BodyPublishers.noBody()))
                .status())
        .isEqualTo(401);
    assertThat(
            server
                .send(server.anonymous("/api/internal/../../tasks").POST(BodyPublishers.noBody()))
                .status())
        .isIn(400, 401, 404);
  }

  @Test
  void a_task_that_nobody_runs_is_to_be_asked_for_again() {
    String id = id(server.post(PATH, "{\"prompt\":\"Why?\"}"));
    PushedTasks impatient =
        new PushedTasks(
            server.part(TaskTokens.class),
            server.part(TaskWaiter.class),
            server.part(Signals.class),
            server.part(LiveStreams.class),
            InstantSource.system(),
            Duration.ofMillis(50));

    var answer = impatient.run(TaskId.parse(id).orElseThrow());

    assertThat(answer.getStatusCode().value()).isEqualTo(503);
    assertThat(answer.getHeaders().getFirst("Retry-After")).matches("\\d+");
  }

  private Answer push(String id, String token) {
    return server.send(
        server
            .anonymous("/api/internal/run-one-time-research/" + id)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.noBody()));
  }

  private void send(String user, String path, String json) {
    assertThat(server.send(SeedServer.post(user, server, path, json)).status()).isEqualTo(202);
  }

  private String status(String id) {
    return server.get(PATH + "/" + id).json().path("status").asString();
  }

  private static String id(Answer created) {
    return created.json().path("id").asString();
  }

  private static Iterable<String> prompts(JsonNode page) {
    return page.path("one_time_researches")
        .valueStream()
        .map(one -> one.path("prompt").asString())
        .toList();
  }
}
