package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskStore;
import dev.errand.postgres.embedded.EmbeddedPostgres;
import dev.errand.server.TestServer.Answer;
import dev.errand.server.config.Settings;
import dev.errand.server.database.Database;
import dev.errand.testkit.contract.TaskDraft;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final String TOKEN = "what-prometheus-knows";

  @Test
  void what_goes_on_can_be_scraped_by_the_administrator() {
    try (TestServer server = TestServer.start(Map.of())) {
      String task = server.submit();
      server.get("/tasks/" + task);

      Answer metrics = server.get("/metrics");

      assertThat(metrics.status()).isEqualTo(200);
      assertThat(metrics.header("Content-Type")).startsWith("text/plain").contains("version=0.0.4");
      assertThat(metrics.body())
          .contains(
              "errand_loop_healthy{loop=\"database\"} 1.0",
              "errand_loop_healthy{loop=\"signals\"} 1.0",
              "errand_queue_tasks{queue=\"default\",status=\"queued\"} 1.0",
              "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/tasks/{id}\"} 1",
              "errand_tasks_submitted_total{type=\"say\"} 1.0",
              "errand_tasks_submitted_total{type=\"(other)\"} 0.0",
              "errand_submit_batch_size_count 1",
              "jvm_memory_used_bytes",
              "errand_database_connections_active")
          .doesNotContain(task);
      assertThat(server.send(server.anonymous("/metrics")).status()).isEqualTo(401);

      server.part(Database.class).close();
      assertThat(server.get("/metrics").body())
          .contains("errand_loop_healthy{loop=\"database\"} 0.0");
    }
  }

  @Test
  void what_becomes_of_tasks_is_counted_by_their_type() {
    try (TestServer server = TestServer.start(Map.of())) {
      String completed = server.submit();
      server.end(server.claim(completed), new Outcome.Completed("{}"));
      Lease failing = server.claim(server.submit());
      server.end(failing, new Outcome.Failed(new TaskError("broken", "It broke.", null)));
      server.post("/tasks/" + server.submit() + "/cancel", "");

      assertThat(server.get("/metrics").body())
          .contains(
              "errand_tasks_ended_total{outcome=\"completed\",type=\"say\"} 1.0",
              "errand_tasks_ended_total{outcome=\"failed\",type=\"say\"} 1.0",
              "errand_tasks_ended_total{outcome=\"cancelled\",type=\"say\"} 1.0",
              "errand_claims_total 2.0",
              "errand_claimed_tasks_total 2.0",
              "errand_rescued_tasks_total 0.0");
    }
  }

  @Test
  void tasks_that_are_stored_by_the_many_are_counted_too() {
    try (TestServer server = TestServer.start(Map.of())) {
      List<NewTask> tasks =
          IntStream.range(0, 60).mapToObj(_ -> TaskDraft.of("say").task()).toList();

      server.part(TaskStore.class).submit(tasks);

      assertThat(server.get("/metrics").body())
          .contains("errand_submit_batch_size_count 1", "errand_submit_batch_size_sum 60.0");
    }
  }

  @Test
  void a_task_that_ends_with_its_worker_is_counted() {
    try (TestServer server = TestServer.start(Map.of())) {
      Leases leases = server.part(Leases.class);
      String task = server.submit();
      try (Leases.Session session =
          leases.open(new NewWorker("test", List.of("say"), 1, Duration.ofHours(1)))) {
        assertThat(session.claim(1)).hasSize(1);
        server.post("/tasks/" + task + "/cancel", "");
      }

      leases.rescue();

      assertThat(server.get("/metrics").body())
          .contains(
              "errand_tasks_ended_total{outcome=\"cancelled\",type=\"say\"} 1.0",
              "errand_rescued_tasks_total 0.0");
    }
  }

  @Test
  void invented_queues_do_not_make_series_without_end() {
    try (TestServer server = TestServer.start(Map.of())) {
      for (int i = 0; i < 102; i++) {
        server.submit("{\"type\": \"say\", \"params\": {}, \"queue\": \"queue-%d\"}".formatted(i));
      }

      String metrics = server.get("/metrics").body();

      assertThat(metrics).contains("errand_queue_tasks{queue=\"(other)\",status=\"queued\"} 2.0");
      assertThat(metrics.split("errand_queue_tasks\\{", -1)).hasSize(1 + 3 * 101);
    }
  }

  @Test
  void a_token_of_its_own_lets_monitoring_in_but_nowhere_else() {
    try (TestServer server = TestServer.start(Map.of("ERRAND_METRICS_TOKEN", TOKEN))) {
      assertThat(server.send(with(TOKEN, server.anonymous("/metrics"))).status()).isEqualTo(200);
      assertThat(server.get("/metrics").status()).isEqualTo(200);
      assertThat(server.send(server.anonymous("/metrics")).status()).isEqualTo(401);
      assertThat(server.send(with(TOKEN, server.anonymous("/tasks"))).status()).isEqualTo(401);
    }
  }

  @Test
  void a_worker_shows_what_it_does_to_those_who_have_the_token(@TempDir Path directory)
      throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory.resolve("database"));
        ErrandServer worker = worker(postgres, directory)) {
      run(worker, TaskDraft.of("echo").task());

      Answer refused = get(worker, "another token");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.problem()).isEqualTo("unauthorized");
      assertThat(refused.body()).contains("ERRAND_METRICS_TOKEN");
      assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
      // Counted when the end is committed, which others see at the same moment.
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(get(worker, TOKEN).body())
                  .contains(
                      "errand_tasks_submitted_total{type=\"echo\"} 1.0",
                      "errand_tasks_ended_total{outcome=\"completed\",type=\"echo\"} 1.0",
                      "errand_attempt_seconds_count{outcome=\"completed\",type=\"echo\"} 1",
                      "errand_attempt_seconds_bucket{outcome=\"completed\",type=\"echo\",le=\"1.0\"} 1",
                      "errand_pick_up_seconds_count 1"));
    }
  }

  private static ErrandServer worker(EmbeddedPostgres postgres, Path directory) {
    String address = postgres.jdbcUrl().substring("jdbc:postgresql://".length());
    return ErrandServer.start(
        Settings.read(
            Map.of(),
            Map.of(
                "ERRAND_ROLE",
                "worker",
                "ERRAND_PORT",
                "0",
                "ERRAND_DATA_DIR",
                directory.resolve("data").toString(),
                "ERRAND_METRICS_TOKEN",
                TOKEN,
                "DATABASE_URL",
                "postgresql://%s:%s@%s".formatted(postgres.user(), postgres.password(), address))));
  }

  private static void run(ErrandServer worker, NewTask task) throws InterruptedException {
    TaskStore tasks = worker.part(TaskStore.class);
    Semaphore changed = new Semaphore(0);
    try (Signals.Subscription _ =
        worker.part(Signals.class).onChange(task.id(), changed::release)) {
      tasks.submit(List.of(task));
      worker.part(Signals.class).work();
      while (!tasks.find(task.id()).orElseThrow().status().terminal()) {
        assertThat(changed.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
      }
    }
  }

  private static Answer get(ErrandServer worker, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(worker.url() + "/metrics"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new Answer(client.send(with(token, request).build(), BodyHandlers.ofString()));
    }
  }

  private static HttpRequest.Builder with(String token, HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + token);
  }
}
