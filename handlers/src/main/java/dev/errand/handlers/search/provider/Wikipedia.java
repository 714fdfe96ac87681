package dev.errand.handlers.search.provider;

import dev.errand.handlers.fetch.ApiClient.Response.Answered;
import dev.errand.handlers.search.ProviderAnswer;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderHit;
import dev.errand.handlers.search.SearchProvider;
import dev.errand.handlers.search.SearchQuery;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The articles of one Wikipedia. They have no date of publication.
final class Wikipedia implements SearchProvider {
  private static final int LONGEST = 300;
  private static final int MOST_HITS = 100;

  private final Service service;
  private final URI site;
  private final Map<String, String> headers;

  /// @param service of the site's search
  /// @param site such as `https://en.wikipedia.org`
  /// @param headers that say who we are
  Wikipedia(Service service, URI site, Map<String, String> headers) {
    this.service = service;
    this.site = site;
    this.headers = Map.copyOf(headers);
  }

  @Override
  public String name() {
    return "wikipedia";
  }

  @Override
  public Optional<String> refusal(String text) {
    return text.length() <= LONGEST
        ? Optional.empty()
        : Optional.of("wikipedia takes at most %d characters".formatted(LONGEST));
  }

  @Override
  public RateLimit rateLimit() {
    return new RateLimit(Duration.ofMillis(200), 2);
  }

  @Override
  public ProviderAnswer search(SearchQuery query) throws InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("q", query.text());
    parameters.put("limit", String.valueOf(Math.min(query.count(), MOST_HITS)));
    return service.get(
        parameters,
        headers,
        this::found,
        answered ->
            Service.usual(
                answered,
                Service.error(answered)
                    .map(body -> body.path("messageTranslations").path("en").asString(""))
                    .orElse(""),
                "SEARCH_CONTACT"));
  }

  private Found found(Answered answered) {
    List<ProviderHit> hits = new ArrayList<>();
    Service.list(Service.json(answered), "pages").forEach(page -> hits.add(hit(page)));
    return Found.free(hits);
  }

  private ProviderHit hit(JsonNode page) {
    String title = Service.text(page, "title");
    String excerpt = Service.text(page, "excerpt");
    String article =
        URLEncoder.encode(
                page.path("key").asString(title).replace(' ', '_'), StandardCharsets.UTF_8)
            .replace("%2F", "/")
            .replace("%3A", ":")
            .replace("%28", "(")
            .replace("%29", ")")
            .replace("%2C", ",");
    return new ProviderHit(
        site + "/wiki/" + article,
        title,
        excerpt.isEmpty() ? Service.text(page, "description") : excerpt,
        Optional.empty());
  }
}
