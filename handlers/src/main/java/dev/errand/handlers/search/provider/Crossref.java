package dev.errand.handlers.search.provider;

import dev.errand.engine.budget.Money;
import dev.errand.handlers.fetch.ApiClient.Response.Answered;
import dev.errand.handlers.search.ProviderAnswer;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderHit;
import dev.errand.handlers.search.SearchProvider;
import dev.errand.handlers.search.SearchQuery;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Crossref's works: papers, books and other publications, by their metadata.
final class Crossref implements SearchProvider {
  private static final int MOST_HITS = 100;

  private final Service service;
  private final Optional<String> mail;
  private final InstantSource clock;

  /// @param mail for Crossref's polite pool, which is served better; absent for the public one
  Crossref(Service service, Optional<String> mail, InstantSource clock) {
    this.service = service;
    this.mail = mail;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "crossref";
  }

  @Override
  public RateLimit rateLimit() {
    return new RateLimit(Duration.ofMillis(200), 2);
  }

  @Override
  public ProviderAnswer search(SearchQuery query) throws InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("query", query.text());
    parameters.put("rows", String.valueOf(Math.min(query.count(), MOST_HITS)));
    query.since(clock.instant()).ifPresent(day -> parameters.put("filter", "from-pub-date:" + day));
    mail.ifPresent(address -> parameters.put("mailto", address));
    return service.get(
        parameters,
        Map.of(),
        Crossref::found,
        answered ->
            Service.usual(
                answered,
                Service.error(answered)
                    .map(body -> body.path("message").path(0).path("message").asString(""))
                    .orElse(""),
                "SEARCH_CONTACT"));
  }

  private static Found found(Answered answered) {
    List<ProviderHit> hits = new ArrayList<>();
    JsonNode message = Service.json(answered).path("message");
    Service.list(message, "items").forEach(item -> hits.add(hit(item)));
    return new Found(hits, Money.NONE, List.of(), pause(answered));
  }

  private static ProviderHit hit(JsonNode item) {
    String doi = item.path("DOI").asString("");
    return new ProviderHit(
        doi.isEmpty() ? item.path("URL").asString("") : "https://doi.org/" + doi,
        Service.plain(item.path("title").path(0).asString("")),
        Service.text(item, "abstract"),
        published(item.path("issued").path("date-parts").path(0)));
  }

  /// Often a year alone, or a year and a month: then their last day, so that what may be recent
  /// counts as recent.
  private static Optional<Instant> published(JsonNode parts) {
    int year = parts.path(0).asInt(0);
    int month = parts.path(1).asInt(0);
    int day = parts.path(2).asInt(0);
    try {
      if (year < 1) {
        return Optional.empty();
      }
      LocalDate first = LocalDate.of(year, month == 0 ? 12 : month, 1);
      LocalDate date =
          day == 0 ? first.withDayOfMonth(first.lengthOfMonth()) : first.withDayOfMonth(day);
      return Optional.of(date.atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// As its rate limit headers ask: the interval divided by the calls allowed in it.
  private static Optional<Duration> pause(Answered answered) {
    String limit = answered.header("x-rate-limit-limit").orElse("");
    String interval = answered.header("x-rate-limit-interval").orElse("");
    if (!limit.matches("[1-9]\\d{0,5}") || !interval.matches("\\d{1,5}s")) {
      return Optional.empty();
    }
    long seconds = Long.parseLong(interval.substring(0, interval.length() - 1));
    return Optional.of(Duration.ofSeconds(seconds).dividedBy(Long.parseLong(limit)));
  }
}
