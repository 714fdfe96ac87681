package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResearchStatusTest {
  private final TestServer server = SeedServer.shared();

  @Test
  void a_started_research_is_pending_until_a_worker_takes_it() {
    JsonNode status = status(start());

    assertThat(status.propertyNames())
        .containsExactly(
            "job_id", "status", "info", "progress_message", "current_phase", "result_link");
    assertThat(status.path("status").asString()).isEqualTo("PENDING");
    assertThat(status.path("progress_message").asString())
        .isEqualTo("Task is pending or not yet started.");
    assertThat(status.path("info").isNull()).isTrue();
  }

  @Test
  void it_has_started_and_then_tells_its_progress() {
    String job = start();
    Lease lease = server.claim(job);
    assertThat(status(job).path("status").asString()).isEqualTo("STARTED");

    server
        .part(Leases.class)
        .append(
            lease,
            List.of(
                new NewEvent.Progress(5, "Planning"),
                new NewEvent.StepStarted("find"),
                new NewEvent.Progress(40, "Reading 12 files")));

    JsonNode status = status(job);
    assertThat(status.path("status").asString()).isEqualTo("PROGRESS");
    assertThat(status.path("progress_message").asString()).isEqualTo("Reading 12 files");
    assertThat(status.path("current_phase").asString()).isEqualTo("Find");
    assertThat(status.path("info").toString())
        .isEqualTo("{\"message\":\"Reading 12 files\",\"current_phase\":\"Find\",\"progress\":40}");
  }

  @Test
  void success_links_to_the_report() throws Exception {
    String job = start();
    Lease lease = server.claim(job);
    Artifacts artifacts = server.part(Artifacts.class);
    var report =
        artifacts.keep(
            lease,
            "report.md",
            "report_markdown",
            "text/markdown",
            "# So".getBytes(StandardCharsets.UTF_8));
    artifacts.record(lease, report);
    server.end(lease, new Outcome.Completed("{}"));

    JsonNode status = status(job);

    assertThat(status.path("status").asString()).isEqualTo("SUCCESS");
    assertThat(status.path("progress_message").asString())
        .isEqualTo("Task completed successfully.");
    assertThat(status.path("current_phase").asString()).isEqualTo("Completed");
    String link = status.path("result_link").asString();
    assertThat(link).startsWith("http://127.0.0.1:%d/artifacts/".formatted(server.port()));
    assertThat(server.get(link.substring(link.indexOf("/artifacts"))).body()).isEqualTo("# So");
  }

  @Test
  void where_a_publisher_has_put_it_goes_before_the_artifact() {
    String job = start();
    server.end(
        server.claim(job),
        new Outcome.Completed("{\"web_view_link\":\"https://drive.example/x\"}"));

    assertThat(status(job).path("result_link").asString()).isEqualTo("https://drive.example/x");
  }

  @Test
  void failure_retry_and_revocation_are_told_apart() {
    String failed = start();
    server.end(server.claim(failed), new Outcome.Failed(new TaskError("x", "It rained.", null)));
    String retrying = start();
    server.end(
        server.claim(retrying),
        new Outcome.Retrying(new TaskError("x", "It rains.", null), Duration.ofHours(1)));
    String revoked = start();
    server.post("/tasks/" + revoked + "/cancel", "{}");

    assertThat(status(failed).path("status").asString()).isEqualTo("FAILURE");
    assertThat(status(failed).path("progress_message").asString()).isEqualTo("Task failed.");
    assertThat(status(failed).path("error").asString()).isEqualTo("It rained.");
    assertThat(status(retrying).path("status").asString()).isEqualTo("RETRY");
    assertThat(status(retrying).path("progress_message").asString())
        .isEqualTo("Task is retrying...");
    assertThat(status(retrying).has("error")).isFalse();
    assertThat(status(revoked).path("status").asString()).isEqualTo("REVOKED");
    assertThat(status(revoked).path("progress_message").asString()).isEqualTo("Task was revoked.");
  }

  @Test
  void an_unknown_job_and_somebody_elses_are_not_pending_but_not_there() {
    String mine = start();
    String other =
        server
            .post("/tasks", "{\"type\":\"personas\",\"params\":{\"brand\":\"x\"}}")
            .json()
            .path("id")
            .asString();

    for (String id : List.of("nonsense", other, "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f")) {
      assertThat(server.get("/api/research/status/" + id).status()).as(id).isEqualTo(404);
    }
    assertThat(
            server.send(SeedServer.as("stranger", server, "/api/research/status/" + mine)).status())
        .isEqualTo(404);
    assertThat(server.send(server.anonymous("/api/research/status/" + mine)).status())
        .isEqualTo(401);
    assertThat(server.post("/api/research/start", "{\"prompt\":\"\"}").pointers())
        .containsExactly("/prompt");
  }

  private String start() {
    var started = server.post("/api/research/start", "{\"prompt\":\"Why?\"}");
    assertThat(started.status()).isEqualTo(202);
    assertThat(started.json().propertyNames()).containsExactly("job_id");
    return started.json().path("job_id").asString();
  }

  private JsonNode status(String job) {
    return server.get("/api/research/status/" + job).json();
  }
}
