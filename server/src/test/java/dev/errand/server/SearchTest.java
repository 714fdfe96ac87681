package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.errand.server.TestServer.Answer;
import dev.errand.server.config.Settings;
import dev.errand.testkit.search.FakeSearch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Searching from the door to the engines and back.
class SearchTest {
  private static FakeSearch engines;
  private static TestServer server;

  @BeforeAll
  static void start() {
    engines = FakeSearch.start(0);
    Map<String, String> variables = new HashMap<>(engines.variables());
    variables.put("BRAVE_CALLS_PER_SECOND", "1000");
    variables.put("SEARCH_SOURCE_ALLOWLIST", "brave,exa,wikipedia,searxng,local");
    variables.put("SEARCH_TIMEOUT_SECONDS", "5");
    server = TestServer.working(variables);
  }

  @AfterAll
  static void stop() {
    server.close();
    engines.close();
  }

  @Test
  void a_search_is_a_task_whose_result_has_the_hits() {
    JsonNode task =
        done(
            "/search",
            """
            {"query":"open source task runner","sources":["brave","exa"],"recency_days":7}
            """);

    assertThat(task.path("type").asString()).isEqualTo("search");
    JsonNode best = task.path("result").path("results").path(0);
    assertThat(best.path("title").asString()).isEqualTo("Open source task runners compared");
    assertThat(best.path("found_by").size()).isEqualTo(2);
    assertThat(best.path("date_known").asBoolean()).isTrue();
    assertThat(task.path("result").path("warnings").isEmpty()).isTrue();
    assertThat(task.path("spent").path("usd").decimalValue()).isEqualByComparingTo("0.007");
  }

  @Test
  void a_source_that_is_not_allowed_is_refused() {
    Answer answer = server.post("/search", "{\"query\":\"x\",\"sources\":[\"brave\",\"tavily\"]}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("task_rejected_invalid_params");
    assertThat(answer.pointers()).containsExactly("/sources/1");
    assertThat(answer.body()).contains("SEARCH_SOURCE_ALLOWLIST", "brave, exa, wikipedia, searxng");
  }

  @Test
  void identical_batches_converge_on_one_artifact() {
    String batch =
        """
        {"queries":["idempotency keys","webhook backoff"],"sources":["brave"],"recency_days":0}
        """;
    JsonNode first = done("/search/batch", batch);
    int asked = engines.asked("brave").size();
    JsonNode second = done("/search/batch", batch);

    assertThat(second.path("result").path("artifact_ids"))
        .isEqualTo(first.path("result").path("artifact_ids"));
    assertThat(engines.asked("brave")).hasSize(asked);
    String id = first.path("result").path("artifact_ids").path(0).asString();
    assertThat(server.get("/artifacts/" + id + "/meta").json().path("type").asString())
        .isEqualTo("search_batch_results");
    JsonNode groups = server.get("/artifacts/" + id).json().path("groups");
    assertThat(groups.valueStream().map(group -> group.path("query").asString()))
        .containsExactly("idempotency keys", "webhook backoff");
    assertThat(groups.valueStream())
        .allSatisfy(group -> assertThat(group.path("results").isEmpty()).isFalse());
  }

  @Test
  void one_engine_that_fails_is_a_warning_and_all_that_fail_are_a_failure() {
    engines.next("brave", "quota", "quota");
    JsonNode half =
        done("/search", "{\"query\":\"leases heartbeats\",\"sources\":[\"brave\",\"wikipedia\"]}");
    assertThat(half.path("status").asString()).isEqualTo("completed");
    assertThat(half.path("result").path("warnings").path(0).path("code").asString())
        .isEqualTo("search_quota_exhausted");

    JsonNode none = done("/search", "{\"query\":\"two generals\",\"sources\":[\"brave\"]}");
    assertThat(none.path("status").asString()).isEqualTo("failed");
    assertThat(none.path("error").path("code").asString()).isEqualTo("search_quota_exhausted");
    assertThat(none.toString()).doesNotContain("fake-brave-key");
  }

  @Test
  void research_searches_reads_what_it_finds_and_quotes_it() {
    JsonNode task =
        done(
            "/research",
            """
            {"prompt":"What does a heartbeat do to a lease?","sources":["brave","searxng"]}
            """);

    assertThat(task.path("status").asString()).isEqualTo("completed");
    assertThat(task.path("result").path("answer").asString())
        .contains("A heartbeat extends the lease");
  }

  @Test
  void a_page_that_was_fetched_is_used_again_and_found_by_whoever_fetched_it() {
    JsonNode found = done("/search", "{\"query\":\"leases heartbeats\",\"sources\":[\"brave\"]}");
    JsonNode hit = found.path("result").path("results").path(0);
    String url = hit.path("url").asString();
    JsonNode first = done("/fetch", "{\"url\":\"%s\"}".formatted(url));
    JsonNode second = done("/fetch", "{\"url\":\"%s\"}".formatted(url));
    assertThat(log(second)).contains("as it was at").isEqualTo(log(first));

    String query = "{\"query\":\"leases heartbeats\",\"sources\":[\"local\"]}";
    JsonNode mine = done("/search", query);
    assertThat(mine.path("result").path("results").valueStream())
        .extracting(one -> one.path("url").asString())
        .containsExactly(first.path("result").path("final_url").asString());

    People people = new People(server);
    people.add("eve", "user");
    String eve = people.token("eve");
    String id = people.as(eve, "POST", "/search", query).json().path("id").asString();
    JsonNode hers = ended(id);
    assertThat(hers.path("status").asString()).isEqualTo("completed");
    assertThat(hers.path("result").path("results").isEmpty()).isTrue();
  }

  /// What the log says, without when it was said.
  private static String log(JsonNode task) {
    String all = server.get("/tasks/" + task.path("id").asString() + "/log").body();
    return all.substring(all.indexOf("Got "));
  }

  @Test
  void settings_show_no_key() {
    assertThat(server.part(Settings.class).toString())
        .doesNotContain("fake-brave-key", "fake-exa-key");
  }

  private static JsonNode done(String path, String body) {
    Answer accepted = server.post(path, body);
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    return ended(accepted.json().path("id").asString());
  }

  private static JsonNode ended(String id) {
    return await()
        .until(
            () -> server.get("/tasks/" + id).json(),
            task -> List.of("completed", "failed").contains(task.path("status").asString()));
  }
}
