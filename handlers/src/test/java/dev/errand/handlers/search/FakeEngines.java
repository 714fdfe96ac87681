package dev.errand.handlers.search;

import dev.errand.engine.budget.Money;
import dev.errand.handlers.fetch.ApiClient;
import dev.errand.handlers.fetch.FetchRules;
import dev.errand.handlers.search.provider.Providers;
import dev.errand.handlers.search.provider.SearchSettings;
import dev.errand.handlers.search.provider.SearchSettings.ApiKey;
import dev.errand.handlers.search.provider.SearchSettings.Keyed;
import dev.errand.handlers.search.provider.SearchSettings.Open;
import dev.errand.testkit.search.FakeSearch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The real providers, which ask the fake engines.
final class FakeEngines implements AutoCloseable {
  static final Money BRAVE_PRICE = new Money(5_000);

  final FakeSearch fake = FakeSearch.start(0);
  private final ApiClient client;
  private final List<SearchProvider> providers;

  FakeEngines() {
    this(Duration.ofSeconds(20), "fake-brave-key");
  }

  FakeEngines(Duration timeout, String braveKey) {
    Map<String, String> variables = fake.variables();
    SearchSettings settings =
        new SearchSettings(
            Optional.of(
                new Keyed(at(variables, "BRAVE_API_URL"), new ApiKey(braveKey), BRAVE_PRICE)),
            Duration.ofNanos(1),
            Optional.of(
                new Keyed(
                    at(variables, "EXA_API_URL"),
                    new ApiKey(value(variables, "EXA_API_KEY")),
                    new Money(7_000))),
            Optional.of(
                new Keyed(
                    at(variables, "TAVILY_API_URL"),
                    new ApiKey(value(variables, "TAVILY_API_KEY")),
                    Money.NONE)),
            Optional.of(URI.create(value(variables, "SEARXNG_URL"))),
            at(variables, "WIKIPEDIA_URL"),
            at(variables, "ARXIV_API_URL"),
            at(variables, "CROSSREF_API_URL"),
            at(variables, "HACKERNEWS_API_URL"),
            List.of(),
            Optional.of("me@example.org"),
            timeout);
    client = Providers.client(settings, FetchRules.DEFAULTS);
    providers = Providers.of(settings, client, InstantSource.system());
  }

  private static Open at(Map<String, String> variables, String name) {
    return new Open(URI.create(value(variables, name)), false);
  }

  private static String value(Map<String, String> variables, String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  SearchProvider provider(String name) {
    return providers.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  List<SearchProvider> providers() {
    return providers;
  }

  static SearchQuery query(String text) {
    return new SearchQuery(text, 5, Optional.empty(), List.of());
  }

  static SearchQuery query(String text, int recencyDays) {
    return new SearchQuery(text, 5, Optional.of(recencyDays), List.of());
  }

  static Instant daysAgo(int days) {
    return Instant.now().minus(Duration.ofDays(days));
  }

  @Override
  public void close() {
    client.close();
    fake.close();
  }
}
