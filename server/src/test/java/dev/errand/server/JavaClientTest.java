package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.client.Artifact;
import dev.errand.client.Batch;
import dev.errand.client.ErrandClient;
import dev.errand.client.Event;
import dev.errand.client.Json;
import dev.errand.client.NewSchedule;
import dev.errand.client.Refused;
import dev.errand.client.Schedule;
import dev.errand.client.Submission;
import dev.errand.client.Task;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Outcome;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The Java client and the server understand each other.
class JavaClientTest {
  private TestServer server;
  private ErrandClient client;

  @BeforeEach
  void start() {
    server = TestServer.start(Map.of());
    client = ErrandClient.of("http://127.0.0.1:" + server.port(), server.token());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Submission say(String words) {
    return Submission.of("say", Json.object().put("msg", words));
  }

  @Test
  void a_task_is_submitted_with_every_option_and_watched_to_its_end() {
    Task submitted =
        client.submit(
            say("hello")
                .queue("nightly")
                .concurrencyKey("one")
                .priority("high")
                .ttl(Duration.ofHours(1))
                .tokens(1_000)
                .dollars(new BigDecimal("0.25"))
                .tags(List.of("weekly")));
    List<String> heard = new ArrayList<>();

    Task ended =
        client.watch(
            submitted.id(),
            event -> {
              heard.add(event.type());
              if (event.number() == 1) {
                Lease lease = server.claim(submitted.id());
                server.end(lease, new Outcome.Completed("{\"said\":\"hello\"}"));
              }
            });

    assertThat(ended.completed()).isTrue();
    assertThat(ended.json().at("/budget/tokens/limit").asLong()).isEqualTo(1_000);
    assertThat(heard).startsWith("queued").endsWith("completed");
    assertThat(client.events(submitted.id(), 0)).extracting(Event::type).isEqualTo(heard);
    assertThat(client.attempts(submitted.id())).hasSize(1);
  }

  @Test
  void a_batch_is_accepted_whole_and_counted() {
    Batch.Accepted accepted = client.submitAll(List.of(say("one"), say("two")), "key");

    assertThat(client.submitAll(List.of(say("one"), say("two")), "key")).isEqualTo(accepted);
    assertThat(client.batch(accepted.id()).count("queued")).isEqualTo(2);
    client.cancel(accepted.tasks().getFirst());
    assertThat(client.batch(accepted.id()).count("cancelled")).isEqualTo(1);
    assertThat(client.retry(accepted.tasks().getFirst()).status()).isEqualTo("queued");
    assertThatThrownBy(() -> client.submitAll(List.of(say("no"))))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.violations())
                    .extracting(Refused.Violation::pointer)
                    .containsExactly("/tasks/0/params/msg"));
  }

  @Test
  void a_schedule_is_made_changed_triggered_and_deleted() {
    Schedule made = client.schedules().create(NewSchedule.of("@daily", say("day")).name("daily"));
    String id = made.id();

    assertThat(made.nextRuns()).hasSize(5);
    assertThat(client.schedules().trigger(id).status()).isEqualTo("submitted");
    assertThat(client.schedules().runs(id, 10)).hasSize(1);
    assertThat(client.schedules().pause(id).paused()).isTrue();
    assertThat(client.schedules().resume(id).paused()).isFalse();
    assertThat(client.schedules().replace(id, NewSchedule.of("@hourly", say("h"))).cron())
        .isEqualTo("@hourly");
    assertThat(client.schedules().list(null, 1).schedules()).hasSize(1);
    client.schedules().delete(id);
    assertThatThrownBy(() -> client.schedules().find(id)).isInstanceOf(Refused.class);
  }

  @Test
  void an_artifact_comes_back_as_it_was_sent() {
    Task task = client.submit(say("hello"));
    byte[] content = {-1, 0, 1, 'x'};

    Artifact artifact = client.upload(task.id(), "note", "application/octet-stream", content);
    ByteArrayOutputStream back = new ByteArrayOutputStream();
    client.download(artifact.id(), back);

    assertThat(back.toByteArray()).isEqualTo(content);
    assertThat(client.artifact(artifact.id()).sha256()).isEqualTo(artifact.sha256()).hasSize(64);
  }

  @Test
  void what_the_server_allows_can_be_asked_and_queues_be_limited() {
    assertThat(client.limits().path("task_max_artifact_mb").asInt()).isEqualTo(1);
    assertThat(client.budgets().has("user")).isTrue();
    assertThat(client.limit("slow", 2, null).concurrencyLimit()).isEqualTo(2);
    assertThat(client.pause("slow").paused()).isTrue();
    assertThat(client.queues()).extracting("name").contains("slow");
    assertThat(client.workers()).isEmpty();
  }
}
