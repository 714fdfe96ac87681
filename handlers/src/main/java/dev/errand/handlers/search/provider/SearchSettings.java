package dev.errand.handlers.search.provider;

import dev.errand.engine.budget.Money;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which search engines there are, and on what terms.
///
/// @param brave the address of its search; absent without a key
/// @param braveInterval between two calls
/// @param searxng the address of the instance; absent without one
/// @param folders that `local` searches for everybody
/// @param contact where providers can reach the operator; some ask for it
/// @param timeout how long one answer may take
public record SearchSettings(
    Optional<Keyed> brave,
    Duration braveInterval,
    Optional<Keyed> exa,
    Optional<Keyed> tavily,
    Optional<URI> searxng,
    Open wikipedia,
    Open arxiv,
    Open crossref,
    Open hackernews,
    List<Path> folders,
    Optional<String> contact,
    Duration timeout) {
  public static final URI BRAVE = URI.create("https://api.search.brave.com/res/v1/web/search");
  public static final URI EXA = URI.create("https://api.exa.ai/search");
  public static final URI TAVILY = URI.create("https://api.tavily.com/search");
  public static final URI WIKIPEDIA = URI.create("https://en.wikipedia.org");
  public static final URI ARXIV = URI.create("https://export.arxiv.org/api/query");
  public static final URI CROSSREF = URI.create("https://api.crossref.org/works");
  public static final URI HACKERNEWS = URI.create("https://hn.algolia.com/api/v1/search");

  /// For each source that needs configuration, the variable that it needs.
  public static final Map<String, String> HOW_TO_CONFIGURE =
      Map.of(
          "brave", "BRAVE_API_KEY",
          "exa", "EXA_API_KEY",
          "tavily", "TAVILY_API_KEY",
          "searxng", "SEARXNG_URL");

  public SearchSettings {
    folders = List.copyOf(folders);
  }

  /// Masked wherever it is printed.
  public record ApiKey(String value) {
    @Override
    public String toString() {
      return "***";
    }
  }

  /// @param address the provider's own, or another one
  public record Open(URI address, boolean own) {
    public static Open at(Optional<URI> given, URI own) {
      return new Open(given.orElse(own), given.isEmpty());
    }
  }

  /// @param price of one call, nothing when nobody said
  public record Keyed(Open at, ApiKey key, Money price) {}
}
