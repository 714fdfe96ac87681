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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Exa's search, with highlights as snippets. Says itself what each call costs.
final class Exa implements SearchProvider {
  private static final String KEY = "EXA_API_KEY";
  private static final int MOST_HITS = 100;
  private static final Set<String> NO_MONEY = Set.of("NO_MORE_CREDITS", "API_KEY_BUDGET_EXCEEDED");

  private final Service service;
  private final String key;
  private final Money price;
  private final InstantSource clock;

  /// @param price of a call where Exa does not say what it was
  Exa(Service service, String key, Money price, InstantSource clock) {
    this.service = service;
    this.key = key;
    this.price = price;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "exa";
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
    body.put("type", "auto");
    body.put("numResults", Math.min(query.count(), MOST_HITS));
    if (!query.domains().isEmpty()) {
      body.put("includeDomains", query.domains());
    }
    query
        .since(clock.instant())
        .ifPresent(day ->
            body.put(
                "startPublishedDate", day.atStartOfDay(ZoneOffset.UTC).toInstant().toString()));
    body.put("contents", Map.of("highlights", true));
    return service.post(body, Map.of("x-api-key", key), this::found, Exa::failed);
  }

  private Found found(Answered answered) {
    JsonNode body = Service.json(answered);
    List<ProviderHit> hits = new ArrayList<>();
    Service.list(body, "results").forEach(result -> hits.add(hit(result)));
    return new Found(hits, cost(body), List.of(), Optional.empty());
  }

  private static ProviderHit hit(JsonNode result) {
    String highlight = result.path("highlights").path(0).asString("");
    return new ProviderHit(
        result.path("url").asString(""),
        Service.text(result, "title"),
        highlight.isEmpty() ? Service.text(result, "text") : Service.plain(highlight),
        Dates.of(result.path("publishedDate").asString("")));
  }

  private Money cost(JsonNode body) {
    JsonNode total = body.path("costDollars").path("total");
    if (!total.isNumber()) {
      return price;
    }
    BigDecimal dollars = total.decimalValue();
    return dollars.signum() < 0 ? price : Money.dollars(dollars);
  }

  private static Failed failed(Answered answered) {
    Optional<JsonNode> body = Service.error(answered);
    String tag = body.map(error -> error.path("tag").asString("")).orElse("");
    String detail = body.map(error -> error.path("error").asString("")).orElse("");
    if (NO_MONEY.contains(tag)) {
      return Failed.of(Kind.EXHAUSTED, "has no credit left for this key (%s)".formatted(tag));
    }
    // Some requests are refused with 403 whoever makes them.
    return answered.status() == 403 && !tag.isEmpty() && !tag.equals("ACCESS_DENIED")
        ? Failed.of(Kind.REFUSED, "answered 403: " + tag.replaceAll("[^A-Z_]", ""))
        : Service.usual(answered, tag.isEmpty() ? detail : tag + " " + detail, KEY);
  }
}
