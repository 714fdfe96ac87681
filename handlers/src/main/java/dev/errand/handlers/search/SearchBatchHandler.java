package dev.errand.handlers.search;

import dev.errand.engine.access.Caller;
import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Money;
import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.concurrent.InParallel;
import dev.errand.handlers.concurrent.SingleFlight;
import dev.errand.handlers.search.SearchResult.Warning;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Searches for several things at once: task type `search_batch`.
///
/// The artifact `search_batch_results` holds the results of each query. Equal batches of one owner
/// share one artifact for as long as answers are cached.
public final class SearchBatchHandler implements Handler<SearchBatchHandler.Params> {
  private static final int QUERIES_AT_ONCE = 4;
  private static final String ARTIFACT = "search_batch_results";

  private final Search search;
  private final Sources sources;
  private final int maxQueries;
  private final int maxResults;
  private final Json json;
  private final SingleFlight<Result> flights = new SingleFlight<>();

  /// @param maxQueries of one batch
  /// @param maxResults of one query
  public SearchBatchHandler(
      Search search, Sources sources, int maxQueries, int maxResults, Json json) {
    this.search = search;
    this.sources = sources;
    this.maxQueries = maxQueries;
    this.maxResults = maxResults;
    this.json = json;
  }

  /// @param queries one or more; the others are as for a single search
  public record Params(
      List<String> queries,
      Optional<List<String>> sources,
      Optional<Integer> recencyDays,
      Optional<List<String>> domains,
      Optional<Integer> maxResults) {
    public Params {
      queries = List.copyOf(queries);
      sources = sources.map(List::copyOf).filter(some -> !some.isEmpty());
      domains = domains.map(List::copyOf);
      InvalidParams.Check check = new InvalidParams.Check();
      check.that(!queries.isEmpty(), "/queries", "must have at least one query");
      for (int i = 0; i < queries.size(); i++) {
        SearchTerms.checkQuery(queries.get(i), "/queries/" + i, check);
      }
      new SearchTerms(sources, recencyDays, domains, maxResults).check(check);
      check.orThrow();
    }

    SearchTerms terms() {
      return new SearchTerms(sources, recencyDays, domains, maxResults);
    }
  }

  /// What becomes the artifact.
  ///
  /// @param groups one for each query, in the order of the queries
  public record Groups(List<String> sources, List<Group> groups) {}

  /// @param error why this query has no results; absent where it was answered
  public record Group(
      String query, List<Hit> results, List<Warning> warnings, Optional<Problem> error) {}

  /// @param code stable, such as `search_timeout`
  public record Problem(String code, String message) {}

  /// @param results of all queries together
  /// @param failed queries that no provider answered
  /// @param warnings of all queries together
  /// @param reused whether another batch had asked the same
  /// @param costUsd of the calls this batch made itself
  public record Result(
      int queries,
      int results,
      int failed,
      int warnings,
      boolean reused,
      BigDecimal costUsd,
      List<UUID> artifactIds) {
    Result again() {
      return new Result(
          queries, results, failed, warnings, true, Money.NONE.dollars(), artifactIds);
    }
  }

  @Override
  public String type() {
    return "search_batch";
  }

  @Override
  public Class<Params> paramsType() {
    return Params.class;
  }

  @Override
  public void admit(Params params, Caller caller) {
    InvalidParams.Check check = new InvalidParams.Check();
    check.that(
        params.queries().size() <= maxQueries,
        "/queries",
        "must have at most %d queries (MAX_BATCH_SIZE), not %d"
            .formatted(maxQueries, params.queries().size()));
    sources.check(params.terms().sourcesOr(List.of()), check);
    for (int i = 0; i < Math.min(params.queries().size(), maxQueries); i++) {
      sources.check(
          params.queries().get(i),
          params.terms().sourcesOr(sources.usual()),
          "/queries/" + i,
          check);
    }
    check.orThrow();
  }

  @Override
  public Result handle(Params params, Attempt attempt) throws Exception {
    List<String> asked = params.terms().sourcesOr(sources.usual());
    List<SearchQuery> queries =
        params.queries().stream().map(text -> params.terms().query(text, maxResults)).toList();
    String key =
        "search_batch:%s"
            .formatted(
                Sha256.hex(
                    String.join("\n", attempt.owner(), asked.toString(), queries.toString())));
    Batch batch = new Batch(queries, asked, attempt);
    Result result = flights.run(key, () -> batch.known(key));
    attempt.progress(
        100, "%d results for %d queries".formatted(result.results(), result.queries()));
    return batch.ours ? result : result.again();
  }

  /// One attempt at a batch.
  private final class Batch {
    private final List<SearchQuery> queries;
    private final List<String> asked;
    private final Attempt attempt;
    private final AtomicInteger answered = new AtomicInteger();
    private boolean ours;

    /// Whether every provider answered every query: only then is the result shared.
    private boolean isWhole;

    Batch(List<SearchQuery> queries, List<String> asked, Attempt attempt) {
      this.queries = queries;
      this.asked = asked;
      this.attempt = attempt;
    }

    Result known(String key) throws TaskFailure, InterruptedException {
      Optional<Result> before = search.cache().find(key, Result.class);
      if (before.isPresent()) {
        return before.get();
      }
      ours = true;
      Result result = publish(answers());
      if (isWhole) {
        search.cache().keep(key, result);
      }
      return result;
    }

    private Map<SearchQuery, Answer> answers() throws InterruptedException {
      attempt.progress(5, "%d queries to %s".formatted(queries.size(), String.join(", ", asked)));
      List<SearchQuery> different = queries.stream().distinct().toList();
      List<Callable<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < different.size(); i++) {
        SearchQuery query = different.get(i);
        String label = "%d/".formatted(i + 1);
        calls.add(() -> answer(query, label, different.size()));
      }
      Map<SearchQuery, Answer> answers = new LinkedHashMap<>();
      for (Answer answer : InParallel.call(calls, QUERIES_AT_ONCE)) {
        answers.put(answer.query(), answer);
      }
      return answers;
    }

    private Answer answer(SearchQuery query, String label, int of) throws InterruptedException {
      Answer answer;
      try {
        answer = new Answer.Found(query, search.run(query, asked, attempt, label));
      } catch (TaskFailure failure) {
        answer = new Answer.None(query, failure);
      }
      int done = answered.incrementAndGet();
      attempt.progress(5 + 90 * done / of, "%d of %d queries answered".formatted(done, of));
      return answer;
    }

    private Result publish(Map<SearchQuery, Answer> answers) throws TaskFailure {
      List<TaskFailure> failures = answers.values().stream().flatMap(Answer::failures).toList();
      if (failures.size() == answers.size()) {
        throw Search.all(failures);
      }
      List<Group> groups =
          queries.stream().map(query -> group(query.text(), answers.get(query))).toList();
      isWhole = answers.values().stream().allMatch(Answer::isWhole) && search.areCacheable(asked);
      byte[] text = json.write(new Groups(asked, groups)).getBytes(StandardCharsets.UTF_8);
      Artifact artifact =
          attempt.store("search-batch-results.json", ARTIFACT, "application/json", text);
      return new Result(
          queries.size(),
          groups.stream().mapToInt(group -> group.results().size()).sum(),
          (int) groups.stream().filter(group -> group.error().isPresent()).count(),
          groups.stream().mapToInt(group -> group.warnings().size()).sum(),
          false,
          cost(answers),
          List.of(artifact.id()));
    }
  }

  private sealed interface Answer {
    SearchQuery query();

    record Found(SearchQuery query, SearchResult result) implements Answer {}

    record None(SearchQuery query, TaskFailure failure) implements Answer {}

    default boolean isWhole() {
      return this instanceof Found(_, var result)
          && result.asked().size() == result.sources().size();
    }

    default Stream<TaskFailure> failures() {
      return this instanceof None none ? Stream.of(none.failure()) : Stream.empty();
    }
  }

  private static Group group(String query, @Nullable Answer answer) {
    return switch (answer) {
      case Answer.Found(_, var result) ->
          new Group(query, result.results(), result.warnings(), Optional.empty());
      case Answer.None(_, var failure) ->
          new Group(
              query,
              List.of(),
              List.of(),
              Optional.of(new Problem(failure.code(), String.valueOf(failure.getMessage()))));
      case null -> throw new IllegalStateException("No answer to " + query);
    };
  }

  private static BigDecimal cost(Map<SearchQuery, Answer> answers) {
    Money cost = Money.NONE;
    for (Answer answer : answers.values()) {
      if (answer instanceof Answer.Found(_, var result)) {
        cost = cost.plus(Money.dollars(result.costUsd()));
      }
    }
    return cost.dollars();
  }
}
