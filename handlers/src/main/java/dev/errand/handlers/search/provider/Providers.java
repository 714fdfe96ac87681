package dev.errand.handlers.search.provider;

import dev.errand.handlers.fetch.ApiClient;
import dev.errand.handlers.fetch.FetchRules;
import dev.errand.handlers.fetch.PrivateAllowlist;
import dev.errand.handlers.search.SearchProvider;
import dev.errand.handlers.search.provider.SearchSettings.Keyed;
import dev.errand.handlers.search.provider.SearchSettings.Open;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes the providers that are configured.
public final class Providers {
  private Providers() {}

  /// The client for these providers. A host that is named in the settings may be a private one; the
  /// providers' own may not.
  public static ApiClient client(SearchSettings settings, FetchRules rules) {
    List<String> named =
        Stream.of(
                settings.brave().map(Keyed::at),
                settings.exa().map(Keyed::at),
                settings.tavily().map(Keyed::at),
                settings.searxng().map(uri -> new Open(uri, false)),
                Optional.of(settings.wikipedia()),
                Optional.of(settings.arxiv()),
                Optional.of(settings.crossref()),
                Optional.of(settings.hackernews()))
            .flatMap(Optional::stream)
            .filter(open -> !open.own())
            .map(open -> open.address().getHost().replace("[", "").replace("]", ""))
            .distinct()
            .toList();
    return new ApiClient(rules.allowing(List.of("*"), PrivateAllowlist.of(named)));
  }

  /// The providers on the network, those with keys first.
  public static List<SearchProvider> of(
      SearchSettings settings, ApiClient client, InstantSource clock) {
    List<SearchProvider> providers = new ArrayList<>();
    Services services = new Services(client, settings);
    settings
        .brave()
        .ifPresent(brave ->
            providers.add(
                new Brave(
                    services.at(brave.at().address()),
                    brave.key().value(),
                    brave.price(),
                    settings.braveInterval(),
                    clock)));
    settings
        .exa()
        .ifPresent(exa ->
            providers.add(
                new Exa(services.at(exa.at().address()), exa.key().value(), exa.price(), clock)));
    settings
        .tavily()
        .ifPresent(tavily ->
            providers.add(
                new Tavily(
                    services.at(tavily.at().address()),
                    tavily.key().value(),
                    tavily.price(),
                    clock)));
    settings
        .searxng()
        .ifPresent(base -> providers.add(new Searxng(services.at(below(base, "/search")))));
    URI wikipedia = below(settings.wikipedia().address(), "");
    providers.add(
        new Wikipedia(
            services.at(below(wikipedia, "/w/rest.php/v1/search/page")),
            wikipedia,
            settings
                .contact()
                .map(contact ->
                    Map.of(
                        "User-Agent",
                        "%s (%s)".formatted(FetchRules.DEFAULTS.userAgent(), contact)))
                .orElse(Map.of())));
    providers.add(new Arxiv(services.at(settings.arxiv().address()), clock));
    providers.add(
        new Crossref(
            services.at(settings.crossref().address()),
            settings.contact().filter(contact -> contact.contains("@")),
            clock));
    providers.add(new HackerNews(services.at(settings.hackernews().address()), clock));
    return providers;
  }

  private record Services(ApiClient client, SearchSettings settings) {
    Service at(URI address) {
      return new Service(client, address, settings.timeout());
    }
  }

  private static URI below(URI base, String path) {
    return URI.create(base.toString().replaceFirst("/+$", "") + path);
  }
}
