package dev.errand.handlers.search;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Money;
import dev.errand.engine.cache.Cache;
import dev.errand.handlers.concurrent.InParallel;
import dev.errand.handlers.concurrent.SingleFlight;
import dev.errand.handlers.concurrent.Sleeper;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.SearchResult.Asked;
import dev.errand.handlers.search.SearchResult.Warning;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// Asks several providers at once and merges what they find.
///
/// A provider that fails becomes a warning beside the results of the others; the search fails only
/// when all of them do. Answers are cached for all nodes, and equal queries at the same time on one
/// node share one call. Thread-safe.
public final class Search {
  private static final String FAILED = "search_failed";

  private final Map<String, GuardedProvider> guarded = new LinkedHashMap<>();
  private final SingleFlight<ProviderAnswer> flights = new SingleFlight<>();
  private final AnswerCache cache;
  private final InstantSource clock;

  /// @param providers in the order in which they are shown
  /// @param life how long answers are cached, zero for not at all
  public Search(
      List<? extends SearchProvider> providers,
      Cache cache,
      Json json,
      Duration life,
      InstantSource clock) {
    this(providers, new AnswerCache(cache, json, life), clock, Thread::sleep);
  }

  Search(
      List<? extends SearchProvider> providers,
      AnswerCache cache,
      InstantSource clock,
      Sleeper sleeper) {
    this.cache = cache;
    this.clock = clock;
    providers.forEach(one -> guarded.put(one.name(), new GuardedProvider(one, clock, sleeper)));
  }

  AnswerCache cache() {
    return cache;
  }

  /// The names of all providers.
  public List<String> sources() {
    return List.copyOf(guarded.keySet());
  }

  /// Whether the answers of all of these may be cached.
  boolean areCacheable(List<String> named) {
    return named.stream()
        .map(guarded::get)
        .allMatch(guard -> guard != null && guard.provider().isCacheable());
  }

  /// Why `source` would refuse `text` as a query; empty when it would accept it.
  Optional<String> refusal(String source, String text) {
    return Optional.ofNullable(guarded.get(source))
        .flatMap(guard -> guard.provider().refusal(text));
  }

  /// Asks all of `sources`. Each answer is a step of the attempt, named by `label` and the source,
  /// so that a later attempt neither asks nor pays for it again.
  ///
  /// @param sources one or more, each once
  /// @throws TaskFailure when none of them answers
  public SearchResult run(SearchQuery query, List<String> sources, Attempt attempt, String label)
      throws TaskFailure, InterruptedException {
    RankFusion fusion = new RankFusion(query, clock);
    List<Warning> warnings = new ArrayList<>();
    List<Asked> asked = new ArrayList<>();
    Map<String, TaskFailure> failures = new LinkedHashMap<>();
    for (Reply reply : replies(query, sources, attempt, label)) {
      switch (reply) {
        case Reply.Answered(var source, var answer) -> {
          fusion.add(source, answer.hits());
          asked.add(Asked.of(source, answer));
          answer.notes().forEach(note -> warnings.add(new Warning(source, "search_note", note)));
        }
        case Reply.Silent(var source, var failure) -> {
          failures.put(source, failure);
          warnings.add(new Warning(source, failure.code(), String.valueOf(failure.getMessage())));
          attempt.warn(String.valueOf(failure.getMessage()));
        }
      }
    }
    if (asked.isEmpty()) {
      throw all(List.copyOf(failures.values()));
    }
    Money cost = asked.stream().map(Asked::cost).reduce(Money.NONE, Money::plus);
    return new SearchResult(
        query.text(),
        sources,
        query.recencyDays(),
        query.domains(),
        fusion.best(),
        warnings,
        asked,
        cost.dollars());
  }

  private sealed interface Reply {
    record Answered(String source, CachedAnswer answer) implements Reply {}

    record Silent(String source, TaskFailure failure) implements Reply {}
  }

  private List<Reply> replies(
      SearchQuery query, List<String> sources, Attempt attempt, String label)
      throws InterruptedException {
    List<Callable<Reply>> calls =
        sources.stream()
            .map(source -> (Callable<Reply>) () -> reply(source, query, attempt, label))
            .toList();
    return InParallel.call(calls, sources.size());
  }

  private Reply reply(String source, SearchQuery query, Attempt attempt, String label)
      throws Exception {
    try {
      return new Reply.Answered(
          source,
          attempt.step(label + source, CachedAnswer.class, () -> answer(source, query, attempt)));
    } catch (TaskFailure failure) {
      return new Reply.Silent(source, failure);
    }
  }

  private CachedAnswer answer(String source, SearchQuery query, Attempt attempt) throws Exception {
    GuardedProvider guard = guarded.get(source);
    if (guard == null) {
      throw TaskFailure.permanent(
          "search_source_not_configured",
          "%s is not configured on this worker; there are %s".formatted(source, sources()));
    }
    if (!guard.provider().isCacheable()) {
      return kept(source, guard.ask(query, attempt.owner(), attempt.budget()));
    }
    String key = AnswerCache.key(source, query);
    Optional<CachedAnswer> known = cache.find(key, CachedAnswer.class);
    if (known.isPresent()) {
      return known.get().fromCache();
    }
    Leader leader = new Leader(guard, key, query, attempt);
    CachedAnswer answer = kept(source, flights.run(key, leader::ask));
    return leader.asked ? answer : answer.fromCache();
  }

  private static CachedAnswer kept(String source, ProviderAnswer answer) throws TaskFailure {
    return switch (answer) {
      case Found found -> CachedAnswer.fresh(found);
      case Failed failed -> throw failure(source, failed);
    };
  }

  /// The call that several searches may share; knows whether this search made it, and so paid for
  /// it.
  private final class Leader {
    private final GuardedProvider guard;
    private final String key;
    private final SearchQuery query;
    private final Attempt attempt;
    private boolean asked;

    Leader(GuardedProvider guard, String key, SearchQuery query, Attempt attempt) {
      this.guard = guard;
      this.key = key;
      this.query = query;
      this.attempt = attempt;
    }

    ProviderAnswer ask() throws TaskFailure, InterruptedException {
      // Another call may have ended between our look at the cache and this one.
      Optional<CachedAnswer> known = cache.find(key, CachedAnswer.class);
      if (known.isPresent()) {
        return new Found(known.get().hits(), Money.NONE, known.get().notes(), Optional.empty());
      }
      asked = true;
      ProviderAnswer answer = guard.ask(query, attempt.owner(), attempt.budget());
      if (answer instanceof Found found) {
        cache.keep(key, CachedAnswer.fresh(found));
      }
      return answer;
    }
  }

  private static TaskFailure failure(String source, Failed failed) {
    String code = failed.kind().code();
    String message = source + " " + failed.message();
    if (!failed.kind().retryable()) {
      return TaskFailure.permanent(code, message);
    }
    return failed
        .retryAfter()
        .map(after -> TaskFailure.busy(code, message, after))
        .orElseGet(() -> TaskFailure.external(code, message, null));
  }

  /// One failure for several: retryable when one of them is, after the shortest of their pauses.
  static TaskFailure all(List<TaskFailure> failures) {
    if (failures.size() == 1) {
      return failures.getFirst();
    }
    boolean alike = failures.stream().map(TaskFailure::code).distinct().count() == 1;
    String code = alike ? failures.getFirst().code() : FAILED;
    String message =
        failures.stream()
            .map(failure -> String.valueOf(failure.getMessage()))
            .distinct()
            .collect(Collectors.joining("; "));
    List<TaskFailure> passing = failures.stream().filter(TaskFailure::retryable).toList();
    if (passing.isEmpty()) {
      return TaskFailure.permanent(code, message);
    }
    return passing.stream()
        .map(failure -> failure.retryAfter().orElse(Duration.ZERO))
        .min(Duration::compareTo)
        .filter(Duration::isPositive)
        .map(after -> TaskFailure.busy(code, message, after))
        .orElseGet(() -> TaskFailure.external(code, message, null));
  }
}
