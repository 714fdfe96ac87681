package dev.errand.handlers.search.provider;

import dev.errand.engine.budget.Money;
import dev.errand.handlers.fetch.ApiClient.Response.Answered;
import dev.errand.handlers.search.ProviderAnswer;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderAnswer.Kind;
import dev.errand.handlers.search.ProviderHit;
import dev.errand.handlers.search.SearchProvider;
import dev.errand.handlers.search.SearchQuery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Tavily's basic search.
final class Tavily implements SearchProvider {
  private static final String KEY = "TAVILY_API_KEY";
  private static final int LONGEST = 400;
  private static final int MOST_HITS = 20;

  private final Service service;
  private final String key;
  private final Money price;
  private final InstantSource clock;

  Tavily(Service service, String key, Money price, InstantSource clock) {
    this.service = service;
    this.key = key;
    this.price = price;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "tavily";
  }

  @Override
  public Optional<String> refusal(String text) {
    return text.length() <= LONGEST
        ? Optional.empty()
        : Optional.of("tavily takes at most %d characters".formatted(LONGEST));
  }

  @Override
  public Money price() {
    return price;
  }

  @Override
  public RateLimit rateLimit() {
    return new RateLimit(Duration.ofMillis(100), 8);
  }

  @Override
  public ProviderAnswer search(SearchQuery query) throws InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("query", query.text());
    body.put("search_depth", "basic");
    body.put("topic", "general");
    body.put("max_results", Math.min(query.count(), MOST_HITS));
    query.since(clock.instant()).ifPresent(day -> body.put("start_date", day.toString()));
    if (!query.domains().isEmpty()) {
      body.put("include_domains", query.domains());
    }
    return service.post(
        body, Map.of("Authorization", "Bearer " + key), this::found, Tavily::failed);
  }

  private Found found(Answered answered) {
    List<ProviderHit> hits = new ArrayList<>();
    Service.list(Service.json(answered), "results").forEach(result -> hits.add(hit(result)));
    return new Found(hits, price, List.of(), Optional.empty());
  }

  private static ProviderHit hit(JsonNode result) {
    return new ProviderHit(
        result.path("url").asString(""),
        Service.text(result, "title"),
        Service.text(result, "content"),
        Dates.of(result.path("published_date").asString("")));
  }

  private static Failed failed(Answered answered) {
    Optional<JsonNode> body = Service.error(answered);
    JsonNode error = body.map(node -> node.path("error")).orElse(null);
    if (answered.status() == 429 && error != null) {
      long seconds = error.path("retry_after_seconds").asLong(0);
      Optional<Duration> said =
          seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
      return new Failed(Kind.BUSY, "is asked too often", answered.retryAfter().or(() -> said));
    }
    String detail =
        body.map(node -> node.path("detail").path("error").asString(""))
            .filter(text -> !text.isEmpty())
            .orElse(error == null ? "" : error.path("message").asString(""));
    return Service.usual(answered, detail, KEY);
  }
}
