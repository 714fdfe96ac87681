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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A self-hosted SearXNG, which asks other search engines. It cannot be told how many results are
/// wanted: those beyond are dropped here.
final class Searxng implements SearchProvider {
  private final Service service;

  Searxng(Service service) {
    this.service = service;
  }

  @Override
  public String name() {
    return "searxng";
  }

  @Override
  public RateLimit rateLimit() {
    return new RateLimit(Duration.ZERO, 4);
  }

  @Override
  public ProviderAnswer search(SearchQuery query) throws InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("q", withSites(query));
    parameters.put("format", "json");
    query.recencyDays().flatMap(Searxng::range).ifPresent(one -> parameters.put("time_range", one));
    return service.get(parameters, Map.of(), answered -> found(answered, query), Searxng::failed);
  }

  /// Not every engine behind it knows `site:`; what is from elsewhere is left out later anyway.
  private static String withSites(SearchQuery query) {
    return query.domains().isEmpty()
        ? query.text()
        : query.text()
            + " "
            + query.domains().stream()
                .map(one -> "site:" + one)
                .collect(Collectors.joining(" OR "));
  }

  /// The narrowest of its ranges that holds all of these days.
  private static Optional<String> range(int days) {
    if (days > 365) {
      return Optional.empty();
    }
    return Optional.of(days <= 1 ? "day" : days <= 28 ? "month" : "year");
  }

  private static Found found(Answered answered, SearchQuery query) {
    JsonNode body = Service.json(answered);
    List<ProviderHit> hits = new ArrayList<>();
    for (JsonNode result : Service.list(body, "results")) {
      if (hits.size() < query.count()) {
        hits.add(hit(result));
      }
    }
    List<String> notes = new ArrayList<>();
    for (JsonNode engine : body.path("unresponsive_engines")) {
      notes.add(
          "%s did not answer: %s"
              .formatted(engine.path(0).asString(""), engine.path(1).asString("")));
    }
    return new Found(hits, Money.NONE, notes, Optional.empty());
  }

  private static ProviderHit hit(JsonNode result) {
    return new ProviderHit(
        result.path("url").asString(""),
        Service.text(result, "title"),
        Service.text(result, "content"),
        Dates.of(result.path("publishedDate").asString("")));
  }

  private static Failed failed(Answered answered) {
    return answered.status() == 403
        ? Failed.of(
            Kind.UNAUTHORIZED, "answered 403: its settings.yml must have json among search.formats")
        : Service.usual(answered, "", "SEARXNG_URL");
  }
}
