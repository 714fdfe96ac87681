package dev.errand.handlers.search;

import static dev.errand.handlers.search.FakeEngines.query;
import static dev.errand.handlers.search.StubProvider.answers;
import static dev.errand.handlers.search.StubProvider.finds;
import static dev.errand.handlers.search.StubProvider.hit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Money;
import dev.errand.engine.cache.Cache;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderAnswer.Kind;
import dev.errand.handlers.search.SearchResult.Asked;
import dev.errand.handlers.search.SearchResult.Warning;
import dev.errand.testkit.attempt.RecordingAttempt;
import dev.errand.testkit.contract.Race;
import dev.errand.testkit.memory.InMemoryCache;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final JacksonJson json = new JacksonJson();
  private final SettableClock clock = new SettableClock();
  private final RecordingAttempt attempt = new RecordingAttempt(json);
  private Cache store = new InMemoryCache(clock);

  @Test
  void all_are_asked_and_their_hits_become_one_list() throws Exception {
    Search search =
        search(
            HOUR,
            new StubProvider("a", finds(hit("https://a.org/1"), hit("https://a.org/2"))),
            new StubProvider("b", finds(hit("https://a.org/2"))));

    SearchResult result = search.run(query("x"), List.of("a", "b"), attempt, "");

    assertThat(result.results())
        .extracting(Hit::url)
        .containsExactly("https://a.org/2", "https://a.org/1");
    assertThat(result.warnings()).isEmpty();
    assertThat(result.asked()).extracting(Asked::source, Asked::hits).hasSize(2);
    assertThat(attempt.finishedSteps()).containsOnlyKeys("a", "b");
  }

  @Test
  void one_that_fails_is_a_warning() throws Exception {
    Search search =
        search(
            HOUR,
            new StubProvider("a", finds(hit("https://a.org/1"))),
            new StubProvider("b", answers(Failed.of(Kind.EXHAUSTED, "has no calls left"))));

    SearchResult result = search.run(query("x"), List.of("a", "b"), attempt, "");

    assertThat(result.results()).hasSize(1);
    assertThat(result.warnings())
        .containsExactly(new Warning("b", "search_quota_exhausted", "b has no calls left"));
  }

  @Test
  void when_all_fail_the_failure_is_theirs() {
    Search search =
        search(
            HOUR,
            new StubProvider("a", answers(Failed.of(Kind.EXHAUSTED, "has no calls left"))),
            new StubProvider(
                "b", answers(new Failed(Kind.BUSY, "is busy", Optional.of(Duration.ofHours(2))))),
            new StubProvider("c", answers(Failed.of(Kind.UNAUTHORIZED, "refused the key"))));

    TaskFailure one = failure(search, "a");
    assertThat(one.code()).isEqualTo("search_quota_exhausted");
    assertThat(one.retryable()).isFalse();
    TaskFailure both = failure(search, "a", "b");
    assertThat(both.code()).isEqualTo("search_failed");
    assertThat(both.retryable()).isTrue();
    assertThat(both.retryAfter()).contains(Duration.ofHours(2));
    assertThat(both).hasMessage("a has no calls left; b is busy");
    assertThat(failure(search, "a", "c").retryable()).isFalse();
  }

  @Test
  void an_answer_is_used_again_for_a_while_and_costs_nothing_then() throws Exception {
    StubProvider provider = paid("a");
    Search search = search(HOUR, provider);

    SearchResult first = search.run(query("task  queue "), List.of("a"), attempt, "");
    SearchResult second = search.run(query("task queue"), List.of("a"), attempt.next(), "");
    SearchResult third =
        search.run(query("task queue"), List.of("a"), new RecordingAttempt(json), "");
    clock.advance(HOUR);
    search.run(query("task queue"), List.of("a"), new RecordingAttempt(json), "");

    assertThat(first.costUsd()).isEqualByComparingTo("0.007");
    assertThat(second.asked()).as("the same task").isEqualTo(first.asked());
    assertThat(third.asked()).extracting(Asked::cached).containsExactly(true);
    assertThat(third.costUsd()).isEqualByComparingTo("0");
    assertThat(third.results()).isEqualTo(first.results());
    assertThat(provider.asked()).hasSize(2);
  }

  @Test
  void another_question_is_another_answer() throws Exception {
    StubProvider provider = paid("a");
    Search search = search(HOUR, provider);
    for (SearchQuery query :
        List.of(
            query("x"),
            query("X"),
            query("x", 7),
            new SearchQuery("x", 5, Optional.empty(), List.of("a.org")),
            new SearchQuery("x", 6, Optional.empty(), List.of()))) {
      search.run(query, List.of("a"), new RecordingAttempt(json), "");
    }

    assertThat(provider.asked()).hasSize(5);
  }

  @Test
  void nothing_is_remembered_where_that_is_not_wanted() throws Exception {
    StubProvider provider = paid("a");
    Search search = search(Duration.ZERO, provider);
    search.run(query("x"), List.of("a"), attempt, "");
    search.run(query("x"), List.of("a"), new RecordingAttempt(json), "");

    assertThat(provider.asked()).hasSize(2);
  }

  @Test
  void without_a_database_searches_go_on() throws Exception {
    store =
        new Cache() {
          @Override
          public Optional<String> find(String key) {
            throw new StoreUnavailable("away", new IllegalStateException());
          }

          @Override
          public void put(String key, String value, Duration life) {
            throw new StoreUnavailable("away", new IllegalStateException());
          }
        };

    assertThat(search(HOUR, paid("a")).run(query("x"), List.of("a"), attempt, "").results())
        .hasSize(1);
  }

  @Test
  void who_asks_the_same_at_the_same_time_shares_one_call() throws Exception {
    CountDownLatch all = new CountDownLatch(8);
    StubProvider provider =
        new StubProvider(
            "a",
            () -> {
              all.await();
              return new Found(
                  List.of(hit("https://a.org/")), new Money(7_000), List.of(), Optional.empty());
            });
    Search search = search(Duration.ZERO, provider);
    List<Callable<SearchResult>> askers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      askers.add(() -> {
        all.countDown();
        return search.run(query("x"), List.of("a"), new RecordingAttempt(json), "");
      });
    }

    List<SearchResult> results = Race.between(askers);

    // Those that came after the answer had been given ask for themselves; nobody is told twice.
    long asked = results.stream().filter(one -> !one.asked().getFirst().cached()).count();
    assertThat(provider.asked()).hasSize((int) asked);
    assertThat(results).allSatisfy(one -> assertThat(one.results()).hasSize(1));
  }

  @Test
  void an_attempt_that_is_killed_repeats_no_answered_call() throws Exception {
    StubProvider paid = paid("a");
    StubProvider broken =
        new StubProvider(
            "b",
            () -> {
              throw new IllegalStateException("killed here");
            },
            finds(hit("https://b.org/")));
    Search search = search(Duration.ZERO, paid, broken);

    assertThatThrownBy(() -> search.run(query("x"), List.of("a", "b"), attempt, ""))
        .isInstanceOf(IllegalStateException.class);
    SearchResult result = search.run(query("x"), List.of("a", "b"), attempt.next(), "");

    assertThat(result.results()).hasSize(2);
    assertThat(paid.asked()).hasSize(1);
    assertThat(broken.asked()).hasSize(2);
  }

  @Test
  void the_real_adapters_find_one_page_by_several_engines() throws Exception {
    try (FakeEngines engines = new FakeEngines()) {
      Search search = new Search(engines.providers(), store, json, HOUR, clockOfTheWorld());
      SearchResult result =
          search.run(
              query("durable task queue"),
              List.of("brave", "exa", "tavily", "searxng"),
              attempt,
              "");

      assertThat(result.warnings()).isEmpty();
      assertThat(result.results().getFirst().foundBy()).hasSize(4);
      assertThat(result.costUsd()).isEqualByComparingTo("0.012");
    }
  }

  private static InstantSource clockOfTheWorld() {
    return InstantSource.system();
  }

  private StubProvider paid(String name) {
    Found found =
        new Found(List.of(hit("https://a.org/")), new Money(7_000), List.of(), Optional.empty());
    return new StubProvider(name, answers(found)).costing(new Money(7_000));
  }

  private TaskFailure failure(Search search, String... sources) {
    return catchThrowableOfType(
        TaskFailure.class,
        () -> search.run(query("x"), List.of(sources), new RecordingAttempt(json), ""));
  }

  private Search search(Duration life, StubProvider... providers) {
    return new Search(
        List.of(providers), new AnswerCache(store, json, life), clock, clock::advance);
  }
}
