package dev.errand.handlers.search;

import dev.errand.engine.attempt.InvalidParams;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The params that single and batch searches share: where to look, and what to leave out.
record SearchTerms(
    Optional<List<String>> sources,
    Optional<Integer> recencyDays,
    Optional<List<String>> domains,
    Optional<Integer> maxResults) {
  static final int LONGEST_QUERY = 2_000;

  private static final int MOST_SOURCES = 20;
  private static final int MOST_DOMAINS = 50;
  private static final int MOST_DAYS = 36_500;
  private static final int MOST_RESULTS = 100;

  void check(InvalidParams.Check check) {
    checkSources(sources.orElse(List.of()), check);
    check.that(
        recencyDays.orElse(0) <= MOST_DAYS,
        "/recency_days",
        "must be at most %d; 0 or less means any age".formatted(MOST_DAYS));
    checkDomains(domains.orElse(List.of()), check);
    int results = maxResults.orElse(1);
    check.that(
        results >= 1 && results <= MOST_RESULTS,
        "/max_results",
        "must be 1 to %d".formatted(MOST_RESULTS));
  }

  static void checkQuery(String query, String pointer, InvalidParams.Check check) {
    check.that(
        !query.isBlank() && query.length() <= LONGEST_QUERY && query.indexOf('\0') < 0,
        pointer,
        "must have 1 to %d characters".formatted(LONGEST_QUERY));
  }

  /// @param usual where none are named
  List<String> sourcesOr(List<String> usual) {
    return sources.orElse(usual);
  }

  /// @param most results of this installation
  SearchQuery query(String text, int most) {
    return new SearchQuery(
        text,
        Math.min(maxResults.orElse(most), most),
        recencyDays.filter(days -> days > 0),
        domains.orElse(List.of()));
  }

  private static void checkSources(List<String> sources, InvalidParams.Check check) {
    check.that(
        sources.size() <= MOST_SOURCES, "/sources", "at most %d sources".formatted(MOST_SOURCES));
    Set<String> before = new HashSet<>();
    for (int i = 0; i < sources.size(); i++) {
      check.that(before.add(sources.get(i)), "/sources/" + i, "is named twice");
    }
  }

  private static void checkDomains(List<String> domains, InvalidParams.Check check) {
    check.that(
        domains.size() <= MOST_DOMAINS, "/domains", "at most %d domains".formatted(MOST_DOMAINS));
    for (int i = 0; i < domains.size(); i++) {
      try {
        SearchQuery.ascii(domains.get(i));
      } catch (IllegalArgumentException _) {
        check.that(false, "/domains/" + i, "must be a domain such as example.org");
      }
    }
  }
}
