package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskError;
import dev.errand.server.TestServer.Answer;
import dev.errand.server.config.NodeRole;
import dev.errand.server.wiring.Wiring;
import dev.errand.testkit.llm.FakeModel;
import dev.errand.testkit.llm.FakeModel.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BlogTest {
  private static final String GENERATE = "/api/v1/blog/generate-enhanced";
  private static final String JOBS = "/api/v1/blog/jobs";
  private static final String TOPIC =
      """
      {"topic":"Best Presents for Christmas 2025 for Teenagers",
       "keywords":["christmas gifts for teenagers"],"use_google_search":true}
      """;

  private final TestServer server = SeedServer.shared();

  @Test
  void an_asynchronous_job_is_accepted_and_followed() {
    Answer created = server.post(GENERATE + "?async_mode=true", TOPIC);

    assertThat(created.status()).isEqualTo(202);
    assertThat(created.json().propertyNames())
        .containsExactly("job_id", "status", "message", "estimated_completion_time");
    assertThat(created.json().path("status").asString()).isEqualTo("queued");
    assertThat(created.json().path("message").asString())
        .isEqualTo("Blog generation job queued successfully");
    String id = created.json().path("job_id").asString();
    Lease lease = server.claim(id);
    server
        .part(Leases.class)
        .append(
            lease,
            List.of(
                new NewEvent.StepStarted("draft_generation:2"), new NewEvent.Progress(45, "x")));

    JsonNode job = server.get(JOBS + "/" + id).json();

    assertThat(job.propertyNames())
        .containsExactly(
            "job_id",
            "status",
            "progress_percentage",
            "current_stage",
            "result",
            "error_message",
            "created_at",
            "started_at",
            "completed_at",
            "estimated_time_remaining");
    assertThat(job.path("status").asString()).isEqualTo("processing");
    assertThat(job.path("progress_percentage").toString()).isEqualTo("45.0");
    assertThat(job.path("current_stage").asString()).isEqualTo("draft_generation");
    server.end(lease, new Outcome.Completed("{\"title\":\"T\"}"));
    assertThat(server.get(JOBS + "/" + id).json().path("result").path("title").asString())
        .isEqualTo("T");
  }

  @Test
  void a_synchronous_call_waits_for_the_engines_attempt() {
    CompletableFuture<Answer> call =
        CompletableFuture.supplyAsync(
            () -> server.send(SeedServer.post("waiter", server, GENERATE, TOPIC)));
    Lease lease = server.claim(onlyJobOf("waiter"));

    server.end(lease, new Outcome.Completed("{\"title\":\"Whole\"}"));

    assertThat(call.join().status()).isEqualTo(200);
    assertThat(call.join().json().path("title").asString()).isEqualTo("Whole");
  }

  @Test
  void a_synchronous_call_tells_a_failure() {
    CompletableFuture<Answer> call =
        CompletableFuture.supplyAsync(
            () -> server.send(SeedServer.post("unlucky", server, GENERATE, TOPIC)));
    Lease lease = server.claim(onlyJobOf("unlucky"));

    server.end(lease, new Outcome.Failed(new TaskError("model_refused", "It rained.", null)));

    assertThat(call.join().status()).isEqualTo(502);
    assertThat(call.join().problem()).isEqualTo("model_refused");
  }

  @Test
  void jobs_are_listed_by_page_and_status_and_cancelled() {
    String first = create("lister");
    String second = create("lister");
    Answer cancelled =
        server.send(SeedServer.post("lister", server, JOBS + "/" + first + "/cancel", "{}"));

    assertThat(cancelled.json().path("status").asString()).isEqualTo("failed");
    assertThat(cancelled.json().path("error_message").asString()).contains("cancelled");
    assertThat(list("lister", "?limit=1").path("jobs").path(0).path("job_id").asString())
        .isEqualTo(second);
    assertThat(list("lister", "?limit=1").path("next_cursor").isString()).isTrue();
    assertThat(list("lister", "?status=queued").path("jobs").size()).isEqualTo(1);
    assertThat(server.get(JOBS + "?status=frob").status()).isEqualTo(400);
    assertThat(
            server
                .send(SeedServer.post("stranger", server, JOBS + "/" + second + "/cancel", "{}"))
                .status())
        .isEqualTo(404);
    assertThat(server.send(SeedServer.as("stranger", server, JOBS + "/" + second)).status())
        .isEqualTo(404);
  }

  @Test
  void several_are_ordered_at_once_and_what_is_wrong_points_to_its_place() {
    Answer batch =
        server.post("/api/v1/blog/batch", "{\"blogs\":[{\"topic\":\"a\"},{\"topic\":\"b\"}]}");

    assertThat(batch.status()).isEqualTo(202);
    assertThat(batch.json().path("job_ids").size()).isEqualTo(2);
    assertThat(
            server
                .get("/batches/" + batch.json().path("batch_id").asString())
                .json()
                .path("total")
                .asInt())
        .isEqualTo(2);
    assertThat(
            server
                .post("/api/v1/blog/batch", "{\"blogs\":[{\"topic\":\"a\"},{\"topic\":\"\"}]}")
                .pointers())
        .containsExactly("/blogs/1/topic");
    assertThat(server.post("/api/v1/blog/batch", "{\"blogs\":[1]}").pointers())
        .containsExactly("/blogs");
    assertThat(server.post("/api/v1/blog/batch", "{\"blogs\":[]}").status()).isEqualTo(422);
  }

  @Test
  void what_is_wrong_is_refused_and_what_is_not_known_is_passed_over() {
    assertThat(server.post(GENERATE + "?async_mode=maybe", TOPIC).status()).isEqualTo(400);
    assertThat(server.post(GENERATE + "?async_mode=true&async_mode=false", TOPIC).status())
        .isEqualTo(400);
    assertThat(server.post(GENERATE + "?async_mode=true", "{\"topic\":1}").pointers())
        .containsExactly("/topic");
    assertThat(server.post(GENERATE, "{\"topic\":\"a\",\"topic\":\"b\"}").status()).isEqualTo(400);

    Answer unknown =
        server.post(GENERATE + "?async_mode=true", "{\"topic\":\"a\",\"use_serp\":true}");
    assertThat(unknown.status()).isEqualTo(202);
    assertThat(
            server
                .get("/tasks/" + unknown.json().path("job_id").asString())
                .json()
                .path("params")
                .path("ignored")
                .toString())
        .isEqualTo("[\"use_serp\"]");
  }

  @Test
  void a_queue_outside_hands_over_a_job_with_its_token() {
    String id = create("pushed");
    server.end(server.claim(id), new Outcome.Completed("{}"));

    assertThat(work(id, SeedServer.tokenFor(server, id)).json().path("status").asString())
        .isEqualTo("completed");
    assertThat(work(id, "nonsense").status()).isEqualTo(401);
    assertThat(work("nonsense", SeedServer.tokenFor(server, id)).status()).isEqualTo(401);
  }

  @Test
  void without_a_model_a_job_is_refused_with_what_to_set() {
    try (TestServer bare = TestServer.start(Map.of(), Wiring.partsFor(NodeRole.ALL))) {
      Answer refused = bare.post(GENERATE, TOPIC);

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().path("detail").asString()).contains("LLM_PROVIDER", "LLM_API_KEY");
      assertThat(
              bare.post(GENERATE, "{\"topic\":\"Tea\",\"dry_run\":true}")
                  .json()
                  .path("calls")
                  .size())
          .isEqualTo(2);
    }
  }

  @Test
  void a_whole_server_writes_a_post_and_a_plan_with_a_real_client() {
    CountDownLatch gate = new CountDownLatch(1);
    try (FakeModel model = FakeModel.start(0);
        TestServer whole = TestServer.start(llm(model), Wiring.partsFor(NodeRole.ALL))) {
      JsonNode post = whole.post(GENERATE, TOPIC).json();
      assertThat(post.path("title").asString()).isEqualTo("A title");
      assertThat(post.path("warnings").path(0).asString()).contains("no search provider");
      assertThat(post.path("artifact_ids").size()).isEqualTo(3);

      model.next(Reply.after(() -> awaitGate(gate)));
      String job =
          whole.post(GENERATE + "?async_mode=true", TOPIC).json().path("job_id").asString();
      await().until(() -> model.asked().size() == 4);
      JsonNode running = whole.get(JOBS + "/" + job).json();
      assertThat(running.path("status").asString()).isEqualTo("processing");
      assertThat(running.path("current_stage").asString()).isEqualTo("outline_generation");
      gate.countDown();
      await()
          .until(() ->
              whole.get(JOBS + "/" + job).json().path("status").asString().equals("completed"));
      JsonNode spent = whole.get("/tasks/" + job).json().path("spent");
      assertThat(spent.path("tokens").asInt()).isEqualTo(360);

      String plan =
          whole
              .post(
                  "/api/jobs?action=create",
                  "{\"type\":\"GENERATE_MEDIA_PLAN\",\"payload\":{\"objective\":\"Grow\"}}")
              .json()
              .path("taskId")
              .asString();
      await()
          .until(() ->
              whole
                  .get("/api/jobs?action=status&taskId=" + plan)
                  .json()
                  .path("status")
                  .asString()
                  .equals("completed"));
      JsonNode task = whole.get("/api/jobs?action=status&taskId=" + plan).json();
      String group = task.path("result").path("mediaPlanGroupId").asString();
      assertThat(whole.get("/artifacts/" + group).json().path("title").asString())
          .isEqualTo("Plan");
    }
  }

  private static Map<String, String> llm(FakeModel model) {
    return Map.of(
        "LLM_PROVIDER",
        "openai",
        "LLM_MODEL",
        "fake",
        "LLM_API_KEY",
        FakeModel.KEY,
        "LLM_BASE_URL",
        model.url());
  }

  private static void awaitGate(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer work(String id, String token) {
    return server.send(
        server
            .anonymous("/api/v1/blog/worker")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"job_id\":\"%s\"}".formatted(id))));
  }

  private String create(String user) {
    return server
        .send(SeedServer.post(user, server, GENERATE + "?async_mode=true", TOPIC))
        .json()
        .path("job_id")
        .asString();
  }

  private JsonNode list(String user, String query) {
    return server.send(SeedServer.as(user, server, JOBS + query)).json();
  }

  private String onlyJobOf(String user) {
    await().until(() -> list(user, "").path("jobs").size() == 1);
    return list(user, "").path("jobs").path(0).path("job_id").asString();
  }
}
