package dev.errand.handlers.search;

import static dev.errand.handlers.search.StubProvider.answers;
import static dev.errand.handlers.search.StubProvider.finds;
import static dev.errand.handlers.search.StubProvider.hit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.cache.Cache;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Kind;
import dev.errand.testkit.attempt.RecordingAttempt;
import dev.errand.testkit.contract.Race;
import dev.errand.testkit.memory.InMemoryCache;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchHandlersTest {
  private static final Caller SOMEBODY = new Caller("somebody", Caller.Role.USER);

  private final JacksonJson json = new JacksonJson();
  private final SettableClock clock = new SettableClock();
  private final Cache store = new InMemoryCache(clock);
  private final StubProvider brave =
      new StubProvider("brave", finds(hit("https://a.org/1"), hit("https://a.org/2")));
  private final StubProvider wikipedia =
      new StubProvider("wikipedia", finds(hit("https://w.org/")));
  private final Search search =
      new Search(
          List.of(brave, wikipedia),
          new AnswerCache(store, json, Duration.ofHours(1)),
          clock,
          clock::advance);
  private final Sources sources =
      new Sources(search, List.of("exa", "brave"), Map.of("exa", "EXA_API_KEY"));
  private final SearchHandler single = new SearchHandler(search, sources, 10);
  private final SearchBatchHandler batch = new SearchBatchHandler(search, sources, 3, 10, json);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"query\":\" \"} | /query",
        "{\"query\":\"x\",\"recency_days\":36501} | /recency_days",
        "{\"query\":\"x\",\"domains\":[\"a.org\",\"http://a.org\"]} | /domains/1",
        "{\"query\":\"x\",\"max_results\":0} | /max_results",
        "{\"query\":\"x\",\"sources\":[\"brave\",\"brave\"]} | /sources/1",
        "{\"query\":\"x\",\"sources\":[\"exa\"]} | /sources/0",
        "{\"query\":\"x\",\"sources\":[\"wikipedia\"]} | /sources/0",
        "{\"query\":\"x\",\"sources\":[\"gopher\"]} | /sources/0",
      })
  void a_search_that_cannot_be_made_is_refused_where_it_is_wrong(String params, String pointer) {
    assertThat(refusal(single, params)).extracting(Violation::pointer).containsExactly(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exa | EXA_API_KEY; available are brave",
        "wikipedia | SEARCH_SOURCE_ALLOWLIST; available are brave",
        "gopher | is no source that is known here; available are brave",
      })
  void a_refused_source_is_told_which_there_are(String source, String told) {
    String params = "{\"query\":\"x\",\"sources\":[\"%s\"]}".formatted(source);

    assertThat(refusal(single, params).getFirst().detail()).endsWith(told);
  }

  @Test
  void where_no_allowed_source_has_its_key_those_are_named_that_need_none() {
    var keyless = new Sources(search, List.of("exa"), Map.of("exa", "EXA_API_KEY"));
    var handler = new SearchHandler(search, keyless, 10);

    assertThat(refusal(handler, "{\"query\":\"x\"}").getFirst().detail())
        .endsWith(
            "can set EXA_API_KEY, or name in SEARCH_SOURCE_ALLOWLIST what is ready: brave, wikipedia");
  }

  @Test
  void where_nobody_is_named_the_first_that_is_there_is_asked() throws Exception {
    SearchResult result =
        single.handle(params(single, "{\"query\":\"x\",\"sources\":[]}"), attempt());

    assertThat(result.sources()).containsExactly("brave");
    assertThat(result.results()).hasSize(2);
  }

  @Test
  void no_days_or_fewer_mean_any_age() throws Exception {
    single.handle(params(single, "{\"query\":\"x\",\"recency_days\":0}"), attempt());
    single.handle(params(single, "{\"query\":\"y\",\"recency_days\":-3}"), attempt());

    assertThat(brave.asked()).allSatisfy(query -> assertThat(query.recencyDays()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"queries\":[]} | /queries",
        "{\"queries\":[\"a\",\"b\",\"c\",\"d\"]} | /queries",
        "{\"queries\":[\"a\",\"\"]} | /queries/1",
        "{\"queries\":[\"a\"],\"sources\":[\"exa\"]} | /sources/0",
      })
  void a_batch_that_cannot_be_made_is_refused_where_it_is_wrong(String params, String pointer) {
    assertThat(refusal(batch, params)).extracting(Violation::pointer).containsExactly(pointer);
  }

  @Test
  void a_batch_groups_what_each_query_found() throws Exception {
    RecordingAttempt attempt = attempt();
    SearchBatchHandler.Result result = run(attempt, "[\"a\",\"b\",\" a \"]");

    assertThat(result.queries()).isEqualTo(3);
    assertThat(result.results()).isEqualTo(6);
    assertThat(result.artifactIds())
        .containsExactly(attempt.stored("search_batch_results").artifact().id());
    SearchBatchHandler.Groups groups =
        json.read(attempt.stored("search_batch_results").text(), SearchBatchHandler.Groups.class);
    assertThat(groups.groups())
        .extracting(SearchBatchHandler.Group::query, group -> group.results().size())
        .containsExactly(tuple("a", 2), tuple("b", 2), tuple("a", 2));
    assertThat(brave.asked()).as("each different one").hasSize(2);
    assertThat(attempt.reported())
        .extracting(RecordingAttempt.Progress::message)
        .contains("1 of 2 queries answered", "2 of 2 queries answered");
  }

  @Test
  void a_query_that_was_asked_alone_is_not_asked_again_in_a_batch() throws Exception {
    single.handle(params(single, "{\"query\":\"a\"}"), attempt());
    run(attempt(), "[\"a\",\"b\"]");
    single.handle(params(single, "{\"query\":\"b\"}"), attempt());

    assertThat(brave.asked()).hasSize(2);
  }

  @Test
  void identical_batches_name_the_same_artifact() throws Exception {
    SearchBatchHandler.Result first = run(attempt(), "[\"a\",\"b\"]");
    RecordingAttempt later = attempt();
    SearchBatchHandler.Result second = run(later, "[\" a\",\"b\"]");

    assertThat(second.artifactIds()).isEqualTo(first.artifactIds());
    assertThat(second.reused()).isTrue();
    assertThat(first.reused()).isFalse();
    assertThat(later.stored()).isEmpty();
    clock.advance(Duration.ofHours(1));
    assertThat(run(attempt(), "[\"a\",\"b\"]").artifactIds()).isNotEqualTo(first.artifactIds());
  }

  @Test
  void batches_that_race_name_the_same_artifact() throws Exception {
    List<SearchBatchHandler.Result> results =
        Race.between(
            List.of(
                () -> run(attempt(), "[\"a\",\"b\"]"),
                () -> run(attempt(), "[\"a\",\"b\"]"),
                () -> run(attempt(), "[\"a\",\"b\"]")));

    assertThat(results)
        .extracting(SearchBatchHandler.Result::artifactIds)
        .containsOnly(results.getFirst().artifactIds());
    assertThat(brave.asked()).hasSize(2);
  }

  @Test
  void a_query_that_nobody_answers_has_an_error_beside_the_others_results() throws Exception {
    StubProvider moody =
        new StubProvider(
            "brave",
            answers(Failed.of(Kind.REFUSED, "answered 422")),
            finds(hit("https://a.org/")));
    RecordingAttempt attempt = attempt();
    SearchBatchHandler.Result result = batchOf(moody).handle(queries("[\"a\",\"b\"]"), attempt);

    assertThat(result.failed()).isEqualTo(1);
    assertThat(attempt.stored("search_batch_results").text()).contains("search_refused");
    assertThat(batchOf(moody).handle(queries("[\"a\",\"b\"]"), attempt()).reused())
        .as("what is not whole is not used again")
        .isFalse();
  }

  @Test
  void a_batch_fails_when_every_query_does() {
    StubProvider down = new StubProvider("brave", answers(Failed.of(Kind.DOWN, "answered 500")));
    TaskFailure failure =
        catchThrowableOfType(
            TaskFailure.class, () -> batchOf(down).handle(queries("[\"a\",\"b\"]"), attempt()));

    assertThat(failure.code()).isEqualTo("search_unavailable");
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void a_batch_that_is_killed_goes_on_with_what_was_answered() throws Exception {
    StubProvider dying =
        new StubProvider(
            "brave",
            finds(hit("https://a.org/")),
            () -> {
              throw new IllegalStateException("killed here");
            },
            finds(hit("https://b.org/")));
    Search forgetful =
        new Search(
            List.of(dying), new AnswerCache(store, json, Duration.ZERO), clock, clock::advance);
    SearchBatchHandler handler =
        new SearchBatchHandler(
            forgetful, new Sources(forgetful, List.of("brave"), Map.of()), 3, 10, json);
    RecordingAttempt killed = attempt();
    assertThatThrownBy(() -> handler.handle(queries("[\"a\",\"b\"]"), killed))
        .isInstanceOf(IllegalStateException.class);

    SearchBatchHandler.Result result = handler.handle(queries("[\"a\",\"b\"]"), killed.next());

    assertThat(result.results()).isEqualTo(2);
    assertThat(dying.asked()).hasSize(3);
  }

  private SearchBatchHandler batchOf(StubProvider provider) {
    Search one =
        new Search(
            List.of(provider),
            new AnswerCache(store, json, Duration.ofHours(1)),
            clock,
            clock::advance);
    return new SearchBatchHandler(one, new Sources(one, List.of("brave"), Map.of()), 3, 10, json);
  }

  private SearchBatchHandler.Result run(RecordingAttempt attempt, String queries) throws Exception {
    return batch.handle(queries(queries), attempt);
  }

  private SearchBatchHandler.Params queries(String queries) {
    return params(batch, "{\"queries\":%s}".formatted(queries));
  }

  private <P> P params(Handler<P> handler, String text) {
    P params = json.read(text, handler.paramsType());
    handler.admit(params, SOMEBODY);
    return params;
  }

  private <P> List<Violation> refusal(Handler<P> handler, String text) {
    return catchThrowableOfType(InvalidParams.class, () -> params(handler, text)).violations();
  }

  private RecordingAttempt attempt() {
    return new RecordingAttempt(json);
  }
}
