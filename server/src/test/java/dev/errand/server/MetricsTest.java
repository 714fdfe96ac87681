package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.server.TestServer.Answer;
import dev.errand.server.database.Database;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
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
              "errand_tasks_open{queue=\"default\",status=\"queued\"} 1.0",
              "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/tasks/{id}\"} 1",
              "jvm_memory_used_bytes",
              "errand_database_connections_active")
          .doesNotContain(task);
      assertThat(server.send(server.anonymous("/metrics")).status()).isEqualTo(401);

      server.part(Database.class).close();
      assertThat(server.get("/metrics").body())
          .contains("errand_loop_healthy{loop=\"database\"} 0.0");
    }
  }
}
