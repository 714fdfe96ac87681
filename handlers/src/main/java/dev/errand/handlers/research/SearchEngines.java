package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Money;
import dev.errand.handlers.search.Search;
import dev.errand.handlers.search.SearchQuery;
import dev.errand.handlers.search.SearchResult;
import dev.errand.handlers.search.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Searches with the engines of `search` tasks, and shares their cache.
public final class SearchEngines implements WebSearch {
  /// How to make the web searchable.
  public static final String HOW_TO_CONFIGURE =
      "an administrator can set BRAVE_API_KEY or EXA_API_KEY, or name wikipedia, arxiv, crossref or"
          + " hackernews, which need no key, in SEARCH_SOURCE_ALLOWLIST";

  private static final int HITS = 10;

  private final Search search;
  private final Sources sources;

  public SearchEngines(Search search, Sources sources) {
    this.search = search;
    this.sources = sources;
  }

  @Override
  public boolean available() {
    return !sources.usual().isEmpty();
  }

  @Override
  public void check(String engine, String pointer, InvalidParams.Check check) {
    sources.check(engine, pointer, check);
  }

  @Override
  public Answer search(String query, List<String> engines, Attempt attempt, String label)
      throws TaskFailure, InterruptedException {
    SearchResult result =
        search.run(
            new SearchQuery(query, HITS, Optional.empty(), List.of()),
            engines.isEmpty() ? sources.usual() : engines,
            attempt,
            label + "/");
    List<String> warnings = new ArrayList<>();
    result.warnings().forEach(warning -> warnings.add(warning.message()));
    return new Answer(pages(result), warnings, Money.dollars(result.costUsd()));
  }

  /// Pages of the web only: files on this machine, which `local` finds, are read by naming their
  /// folder.
  private static List<Hit> pages(SearchResult result) {
    List<Hit> pages = new ArrayList<>();
    for (var hit : result.results()) {
      if (hit.url().startsWith("http")) {
        String finders =
            String.join(", ", hit.foundBy().stream().map(one -> one.source()).toList());
        pages.add(
            new Hit(
                hit.url(), hit.title(), hit.snippet(), hit.published(), finders, pages.size() + 1));
      }
    }
    return pages;
  }
}
