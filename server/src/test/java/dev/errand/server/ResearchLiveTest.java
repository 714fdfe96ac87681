package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.signal.Signals;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResearchLiveTest {
  private final TestServer server = SeedServer.shared();

  @Test
  void whatever_the_status_door_says_is_told_until_the_research_ends() throws Exception {
    String job = start();
    Follower follower = Follower.of(server, live(job));

    JsonNode pending = follower.next();
    assertThat(pending).isEqualTo(status(job));
    assertThat(pending.path("status").asString()).isEqualTo("PENDING");

    Lease lease = server.claim(job);
    server.part(Signals.class).changed(lease.task());
    assertThat(follower.next().path("status").asString()).isEqualTo("STARTED");

    server
        .part(Leases.class)
        .append(
            lease,
            List.of(
                new NewEvent.StepStarted("find"), new NewEvent.Progress(40, "Reading 12 files")));
    server.part(Signals.class).changed(lease.task());
    JsonNode progress = follower.next();
    assertThat(progress).isEqualTo(status(job));
    assertThat(progress.path("progress_message").asString()).isEqualTo("Reading 12 files");

    server.end(
        lease, new Outcome.Completed("{\"web_view_link\":\"https://drive.example/report\"}"));
    JsonNode success = follower.next();
    assertThat(success).isEqualTo(status(job));
    assertThat(success.path("status").asString()).isEqualTo("SUCCESS");
    assertThat(follower.closed()).isEqualTo(1000);
  }

  @Test
  void one_that_has_ended_is_told_once() throws Exception {
    String job = start();
    server.post("/tasks/" + job + "/cancel", "{}");

    Follower follower = Follower.of(server, live(job));

    assertThat(follower.next().path("status").asString()).isEqualTo("REVOKED");
    assertThat(follower.closed()).isEqualTo(1000);
    assertThat(follower.toldMore()).isFalse();
  }

  @Test
  void what_is_no_research_or_somebody_elses_is_not_there() {
    String job = start();
    String task = server.submit();

    assertThat(server.get(live(task)).status()).isEqualTo(404);
    assertThat(server.get(live("x")).status()).isEqualTo(404);
    assertThat(server.send(SeedServer.as("stranger", server, live(job))).status()).isEqualTo(404);
    assertThat(server.get(live(job)).problem()).isEqualTo("upgrade_required");
  }

  private String start() {
    return server
        .post("/api/research/start", "{\"prompt\":\"Why?\"}")
        .json()
        .path("job_id")
        .asString();
  }

  private JsonNode status(String job) {
    return server.get("/api/research/status/" + job).json();
  }

  private static String live(String job) {
    return "/api/research/live/" + job;
  }
}
