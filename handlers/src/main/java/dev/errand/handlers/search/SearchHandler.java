package dev.errand.handlers.search;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.InvalidParams;
import java.util.List;
import java.util.Optional;

/// Searches the web, and whatever else is configured: task type `search`. The result holds the
/// hits.
public final class SearchHandler implements Handler<SearchHandler.Params> {
  private final Search search;
  private final Sources sources;
  private final int maxResults;

  /// @param maxResults of one search
  public SearchHandler(Search search, Sources sources, int maxResults) {
    this.search = search;
    this.sources = sources;
    this.maxResults = maxResults;
  }

  /// @param sources by name, each once; absent or empty means the first that is usable here
  /// @param recencyDays leaves out what is known to be older; absent, 0 or less means any age
  /// @param domains leaves out what is not from one of these or their subdomains; absent means all
  /// @param maxResults 1 to 100, but no more than this installation allows; absent means as many
  public record Params(
      String query,
      Optional<List<String>> sources,
      Optional<Integer> recencyDays,
      Optional<List<String>> domains,
      Optional<Integer> maxResults) {
    public Params {
      sources = sources.map(List::copyOf).filter(some -> !some.isEmpty());
      domains = domains.map(List::copyOf);
      InvalidParams.Check check = new InvalidParams.Check();
      SearchTerms.checkQuery(query, "/query", check);
      new SearchTerms(sources, recencyDays, domains, maxResults).check(check);
      check.orThrow();
    }

    SearchTerms terms() {
      return new SearchTerms(sources, recencyDays, domains, maxResults);
    }
  }

  @Override
  public String type() {
    return "search";
  }

  @Override
  public Class<Params> paramsType() {
    return Params.class;
  }

  @Override
  public void admit(Params params, Caller caller) {
    List<String> named = params.terms().sourcesOr(List.of());
    InvalidParams.Check check = new InvalidParams.Check();
    sources.check(named, check);
    sources.check(params.query(), params.terms().sourcesOr(sources.usual()), "/query", check);
    check.orThrow();
  }

  @Override
  public SearchResult handle(Params params, Attempt attempt) throws Exception {
    List<String> asked = params.terms().sourcesOr(sources.usual());
    attempt.progress(5, "Asking " + String.join(", ", asked));
    SearchResult result =
        search.run(params.terms().query(params.query(), maxResults), asked, attempt, "");
    attempt.progress(100, "%d results".formatted(result.results().size()));
    return result;
  }
}
