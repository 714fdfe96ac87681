package dev.errand.handlers.search;

import static dev.errand.handlers.search.FakeEngines.daysAgo;
import static dev.errand.handlers.search.FakeEngines.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.budget.Money;
import dev.errand.handlers.fetch.ApiClient;
import dev.errand.handlers.fetch.FetchRules;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderAnswer.Kind;
import dev.errand.testkit.search.FakeAsk;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProvidersTest {
  private final FakeEngines engines = new FakeEngines();

  static List<String> providers() {
    return List.of(
        "brave", "exa", "tavily", "searxng", "wikipedia", "arxiv", "crossref", "hackernews");
  }

  @AfterEach
  void stop() {
    engines.close();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void an_answer_has_hits_in_plain_text(String provider) throws Exception {
    Found found = found(provider, query("durable task queue workers"));

    assertThat(found.hits()).isNotEmpty().hasSizeLessThanOrEqualTo(5);
    assertThat(found.hits())
        .allSatisfy(hit -> {
          assertThat(hit.url()).startsWith("http");
          assertThat(hit.title()).isNotBlank();
          assertThat(hit.snippet()).isNotBlank();
          assertThat(hit.title() + hit.snippet()).doesNotContain("<", "&");
        });
    assertThat(engines.fake.asked(provider)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void nothing_found_is_an_answer(String provider) throws Exception {
    assertThat(found(provider, query("zzzzzz")).hits()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "brave, 429, BUSY",
    "brave, quota, EXHAUSTED",
    "brave, token, UNAUTHORIZED",
    "brave, 422, REFUSED",
    "brave, 500, DOWN",
    "brave, 503, DOWN",
    "brave, half, UNREADABLE",
    "brave, cut, UNREADABLE",
    "brave, html, UNREADABLE",
    "exa, 429, BUSY",
    "exa, 402, EXHAUSTED",
    "exa, budget, EXHAUSTED",
    "exa, 401, UNAUTHORIZED",
    "exa, 403, REFUSED",
    "exa, 400, REFUSED",
    "exa, 502, DOWN",
    "exa, half, UNREADABLE",
    "exa, cut, UNREADABLE",
    "tavily, 429, BUSY",
    "tavily, 401, UNAUTHORIZED",
    "tavily, 400, REFUSED",
    "tavily, half, UNREADABLE",
    "searxng, 403, UNAUTHORIZED",
    "searxng, 429, BUSY",
    "searxng, html, UNREADABLE",
    "wikipedia, 429, BUSY",
    "wikipedia, 403, UNAUTHORIZED",
    "wikipedia, 503, DOWN",
    "arxiv, 429, BUSY",
    "arxiv, half, UNREADABLE",
    "arxiv, html, UNREADABLE",
    "crossref, 429, BUSY",
    "crossref, 400, REFUSED",
    "crossref, cut, UNREADABLE",
    "hackernews, 429, BUSY",
    "hackernews, 500, DOWN",
    "hackernews, half, UNREADABLE"
  })
  void a_failure_is_told_as_what_it_is(String provider, String failure, Kind kind)
      throws Exception {
    engines.fake.next(provider, failure);

    Failed failed = (Failed) engines.provider(provider).search(query("task queue"));

    assertThat(failed.kind()).isEqualTo(kind);
    assertThat(failed.message()).isNotBlank().doesNotContain("fake-", "127.0.0.1:");
  }

  @Test
  void an_engine_that_says_nothing_is_given_up() throws Exception {
    try (FakeEngines hasty = new FakeEngines(Duration.ofMillis(300), "fake-brave-key")) {
      hasty.fake.next("brave", "slow");
      Failed failed = (Failed) hasty.provider("brave").search(query("task queue"));

      assertThat(failed.kind()).isEqualTo(Kind.LATE);
    }
  }

  @Test
  void an_engine_that_is_not_there_is_down() throws Exception {
    engines.fake.close();

    Failed failed = (Failed) engines.provider("exa").search(query("task queue"));

    assertThat(failed.kind()).isEqualTo(Kind.DOWN);
  }

  @Test
  void brave_is_asked_as_it_wants_to_be() throws Exception {
    found("brave", new SearchQuery("task queue", 100, Optional.of(7), List.of("example.org")));

    FakeAsk ask = engines.fake.asked("brave").getFirst();
    assertThat(ask.query())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "q", "task queue site:example.org",
                "count", "20",
                "result_filter", "web",
                "text_decorations", "false",
                "freshness", "pw"));
    assertThat(ask.headers())
        .containsEntry("x-subscription-token", "fake-brave-key")
        .containsEntry("accept", "application/json")
        .containsEntry("accept-encoding", "gzip");
  }

  @Test
  void brave_maps_days_to_its_own_words_where_it_has_them() throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (int days : List.of(1, 7, 31, 365, 14)) {
      found("brave", query("task queue", days));
    }

    assertThat(engines.fake.asked("brave"))
        .extracting(ask -> ask.query().get("freshness"))
        .containsExactly("pd", "pw", "pm", "py", today.minusDays(14) + "to" + today);
  }

  @Test
  void brave_takes_no_longer_queries_than_it_says() {
    SearchProvider brave = engines.provider("brave");

    assertThat(brave.refusal("x".repeat(400))).isEmpty();
    assertThat(brave.refusal("x".repeat(401))).isPresent();
    assertThat(brave.refusal("x ".repeat(50))).isEmpty();
    assertThat(brave.refusal("x ".repeat(51)))
        .contains("brave takes at most 400 characters and 50 words");
  }

  @Test
  void domains_for_which_a_query_has_no_room_are_left_out_and_noted() throws Exception {
    Found found =
        found(
            "brave",
            new SearchQuery("task ".repeat(50), 5, Optional.empty(), List.of("example.org")));

    assertThat(engines.fake.asked("brave").getFirst().query().get("q")).doesNotContain("site:");
    assertThat(found.notes()).singleElement().asString().contains("no room");
  }

  @Test
  void what_brave_says_of_its_windows_is_heard() throws Exception {
    engines.fake.next("brave", "429", "quota");
    SearchProvider brave = engines.provider("brave");

    assertThat(((Failed) brave.search(query("x"))).retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(((Failed) brave.search(query("x"))).retryAfter()).isEmpty();
  }

  @Test
  void a_brave_plan_without_a_monthly_quota_never_uses_it_up() throws Exception {
    engines.fake.next("brave", "unmetered", "unmetered-429");
    SearchProvider brave = engines.provider("brave");

    assertThat(((Found) brave.search(query("x"))).notes()).isEmpty();
    Failed tooFast = (Failed) brave.search(query("x"));
    assertThat(tooFast.kind()).isEqualTo(Kind.BUSY);
    assertThat(tooFast.retryAfter()).contains(Duration.ofSeconds(1));
  }

  @Test
  void a_refused_key_is_told_without_the_key() throws Exception {
    try (FakeEngines wrong = new FakeEngines(Duration.ofSeconds(20), "my-secret-key")) {
      Failed failed = (Failed) wrong.provider("brave").search(query("task queue"));

      assertThat(failed.kind()).isEqualTo(Kind.UNAUTHORIZED);
      assertThat(failed.message()).contains("BRAVE_API_KEY").doesNotContain("my-secret-key");
    }
  }

  @Test
  void exa_says_what_a_call_costs_and_is_told_from_when() throws Exception {
    Found found =
        found("exa", new SearchQuery("agent memory", 3, Optional.of(7), List.of("127.0.0.1")));

    assertThat(found.cost()).isEqualTo(new Money(7_000));
    assertThat(found.hits().getFirst().title()).isEqualTo("Agent memory systems");
    assertThat(engines.fake.asked("exa").getFirst().body())
        .contains(
            "\"query\":\"agent memory\"",
            "\"type\":\"auto\"",
            "\"numResults\":3",
            "\"includeDomains\":[\"127.0.0.1\"]",
            "\"startPublishedDate\":\"%sT00:00:00Z\""
                .formatted(LocalDate.now(ZoneOffset.UTC).minusDays(7)),
            "\"contents\":{\"highlights\":true}");
  }

  @Test
  void the_others_are_told_from_when_too() throws Exception {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(7);
    for (String provider : List.of("tavily", "searxng", "arxiv", "crossref", "hackernews")) {
      found(provider, query("task queue", 7));
    }

    assertThat(engines.fake.asked("tavily").getFirst().body())
        .contains("\"start_date\":\"%s\"".formatted(day));
    assertThat(engines.fake.asked("searxng").getFirst().query())
        .containsEntry("time_range", "month");
    assertThat(engines.fake.asked("arxiv").getFirst().query().get("search_query"))
        .startsWith(
            "all:task AND all:queue AND submittedDate:[%s0000 TO "
                .formatted(day.toString().replace("-", "")));
    assertThat(engines.fake.asked("crossref").getFirst().query())
        .containsEntry("filter", "from-pub-date:" + day)
        .containsEntry("mailto", "me@example.org");
    assertThat(engines.fake.asked("hackernews").getFirst().query().get("numericFilters"))
        .isEqualTo("created_at_i>" + (day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() - 1));
    assertThat(engines.fake.asked("wikipedia")).isEmpty();
  }

  @Test
  void dates_are_read_where_there_are_any() throws Exception {
    for (String provider : List.of("brave", "exa", "tavily", "searxng", "arxiv", "hackernews")) {
      ProviderHit hit =
          found(provider, query("agent memory systems")).hits().stream()
              .filter(one -> one.title().equals("Agent memory systems"))
              .findFirst()
              .orElseThrow();
      assertThat(hit.published().orElseThrow()).as(provider).isBetween(daysAgo(4), daysAgo(2));
    }
    assertThat(found("wikipedia", query("agent memory")).hits())
        .allSatisfy(hit -> assertThat(hit.published()).isEmpty());
    assertThat(engines.fake.asked("wikipedia").getFirst().header("user-agent"))
        .isEqualTo("Errand/0.1 (me@example.org)");
  }

  @Test
  void engines_behind_searxng_that_are_silent_are_noted() throws Exception {
    engines.fake.next("searxng", "silent");

    assertThat(found("searxng", query("x")).notes()).containsExactly("one did not answer: timeout");
  }

  @Test
  void a_private_address_is_asked_only_when_the_settings_name_it() throws Exception {
    try (ApiClient strict = new ApiClient(FetchRules.DEFAULTS)) {
      assertThat(strict.get(URI.create(engines.fake.url() + "/x"), Map.of(), Duration.ofSeconds(5)))
          .isInstanceOf(ApiClient.Response.Blocked.class);
    }
  }

  private Found found(String provider, SearchQuery query) throws InterruptedException {
    return switch (engines.provider(provider).search(query)) {
      case Found found -> found;
      case Failed failed -> throw new AssertionError(provider + " " + failed);
    };
  }
}
