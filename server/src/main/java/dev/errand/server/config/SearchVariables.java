package dev.errand.server.config;

import dev.errand.engine.budget.Money;
import dev.errand.handlers.search.provider.SearchSettings;
import dev.errand.handlers.search.provider.SearchSettings.ApiKey;
import dev.errand.handlers.search.provider.SearchSettings.Keyed;
import dev.errand.handlers.search.provider.SearchSettings.Open;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads which search engines there are.
final class SearchVariables {
  private static final String NONE = "none";
  private static final String OWN = "the provider's own";
  private static final int PER_THOUSAND = 3;

  private final Variables variables;

  private SearchVariables(Variables variables) {
    this.variables = variables;
  }

  static SearchSettings read(Variables variables) {
    return new SearchVariables(variables).settings();
  }

  private SearchSettings settings() {
    Optional<Keyed> brave = keyed("BRAVE", SearchSettings.BRAVE, BigDecimal.ZERO);
    Duration braveInterval =
        variables.get(
            "BRAVE_CALLS_PER_SECOND",
            Duration.ofSeconds(1),
            interval -> String.valueOf(Duration.ofSeconds(1).dividedBy(interval)),
            SearchVariables::interval);
    Optional<Keyed> exa = keyed("EXA", SearchSettings.EXA, BigDecimal.valueOf(7));
    Optional<Keyed> tavily = keyed("TAVILY", SearchSettings.TAVILY, BigDecimal.ZERO);
    Optional<URI> searxng =
        variables.find("SEARXNG_URL", NONE, URI::toString, SearchVariables::address);
    Open wikipedia = open("WIKIPEDIA_URL", SearchSettings.WIKIPEDIA);
    Open arxiv = open("ARXIV_API_URL", SearchSettings.ARXIV);
    Open crossref = open("CROSSREF_API_URL", SearchSettings.CROSSREF);
    Open hackernews = open("HACKERNEWS_API_URL", SearchSettings.HACKERNEWS);
    List<Path> folders =
        variables.get(
            "SEARCH_LOCAL_DOCS",
            List.of(),
            paths -> paths.stream().map(Path::toString).collect(Collectors.joining(",")),
            SearchVariables::folders);
    Optional<String> contact =
        variables.find("SEARCH_CONTACT", NONE, text -> text, SearchVariables::contact);
    Duration timeout =
        variables.get(
            "SEARCH_TIMEOUT_SECONDS",
            Duration.ofSeconds(10),
            value -> String.valueOf(value.toSeconds()),
            text -> Duration.ofSeconds(Values.positive(text, 300)));
    return new SearchSettings(
        brave,
        braveInterval,
        exa,
        tavily,
        searxng,
        wikipedia,
        arxiv,
        crossref,
        hackernews,
        folders,
        contact,
        timeout);
  }

  private Optional<Keyed> keyed(String provider, URI own, BigDecimal usually) {
    Optional<ApiKey> key =
        variables.find(provider + "_API_KEY", NONE, ApiKey::toString, SearchVariables::key);
    Open at = open(provider + "_API_URL", own);
    BigDecimal price =
        variables.get(
            provider + "_USD_PER_THOUSAND_SEARCHES",
            usually,
            BigDecimal::toPlainString,
            text -> Values.amount(text, PER_THOUSAND));
    return key.map(known -> new Keyed(at, known, Money.dollars(price.movePointLeft(PER_THOUSAND))));
  }

  private Open open(String name, URI own) {
    return Open.at(variables.find(name, OWN, URI::toString, SearchVariables::address), own);
  }

  private static URI address(String text) {
    return HttpUrl.parse(text);
  }

  /// It goes into a header: what could end one is no key.
  private static ApiKey key(String text) {
    if (!text.matches("[\\x21-\\x7e]{1,500}")) {
      throw new IllegalArgumentException("must be printable, without blanks");
    }
    return new ApiKey(text);
  }

  private static String contact(String text) {
    if (!text.matches("[\\x21-\\x7e&&[^()\\\\]]{3,200}")) {
      throw new IllegalArgumentException(
          "must be a mail address or the address of a page, not \"%s\"".formatted(text));
    }
    return text;
  }

  private static List<Path> folders(String text) {
    List<Path> folders = Values.words(text).stream().map(Path::of).toList();
    if (!folders.stream().allMatch(Path::isAbsolute)) {
      throw new IllegalArgumentException(
          "must be absolute paths of folders, not \"%s\"".formatted(text));
    }
    return folders;
  }

  private static Duration interval(String text) {
    return Duration.ofSeconds(1).dividedBy(Values.positive(text, 1_000));
  }
}
