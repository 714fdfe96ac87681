package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.server.TestServer.Answer;
import dev.errand.server.database.Database;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void a_server_says_that_it_is_well() {
    Answer answer = TestServer.shared().get("/health");

    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"ok\",\"role\":\"all\",\"checks\":{\"signals\":\"ok\",\"partitions\":\"ok\","
                + "\"disk\":\"ok\",\"database\":\"ok\",\"sweeper\":\"ok\",\"webhooks\":\"ok\"}}");
    assertThat(TestServer.shared().get("/health/ready").body()).isEqualTo(answer.body());
  }

  @Test
  void without_its_database_a_server_lives_but_is_not_ready_and_asks_to_come_back() {
    TestServer server = TestServer.start(Map.of());
    String task = server.submit();
    server.part(Database.class).close();

    assertThat(server.get("/health/live").status()).isEqualTo(200);
    assertThat(server.get("/health/ready").status()).isEqualTo(503);
    assertThat(server.get("/health").body())
        .contains("\"status\":\"unavailable\"", "\"database\":\"unavailable\"");
    Answer submission = server.post("/tasks", "{\"type\":\"say\",\"params\":{}}");
    assertThat(submission.status()).isEqualTo(503);
    assertThat(submission.problem()).isEqualTo("unavailable");
    assertThat(submission.header("Retry-After")).isEqualTo("2");
    assertThat(server.get("/tasks/" + task).problem()).isEqualTo("unavailable");
    server.close();
  }
}
