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
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Brave's web search. Only calls that succeed are counted against the plan.
final class Brave implements SearchProvider {
  private static final String KEY = "BRAVE_API_KEY";
  private static final int LONGEST = 400;
  private static final int MOST_WORDS = 50;
  private static final int MOST_HITS = 20;

  private final Service service;
  private final String key;
  private final Money price;
  private final Duration interval;
  private final InstantSource clock;

  /// @param interval between two calls, a second for most plans
  Brave(Service service, String key, Money price, Duration interval, InstantSource clock) {
    this.service = service;
    this.key = key;
    this.price = price;
    this.interval = interval;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "brave";
  }

  @Override
  public Optional<String> refusal(String text) {
    return fits(text)
        ? Optional.empty()
        : Optional.of(
            "brave takes at most %d characters and %d words".formatted(LONGEST, MOST_WORDS));
  }

  private static boolean fits(String text) {
    return text.length() <= LONGEST && text.strip().split("\\s+", -1).length <= MOST_WORDS;
  }

  @Override
  public Money price() {
    return price;
  }

  @Override
  public RateLimit rateLimit() {
    return new RateLimit(interval, 4);
  }

  @Override
  public ProviderAnswer search(SearchQuery query) throws InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    Optional<String> withSites = withSites(query);
    parameters.put("q", withSites.orElse(query.text()));
    parameters.put("count", String.valueOf(Math.min(query.count(), MOST_HITS)));
    parameters.put("result_filter", "web");
    parameters.put("text_decorations", "false");
    query.recencyDays().ifPresent(days -> parameters.put("freshness", freshness(days)));
    List<String> notes = new ArrayList<>();
    if (withSites.isEmpty()) {
      notes.add("The query has no room for the domains: Brave was not told of them");
    }
    return service.get(
        parameters,
        Map.of("X-Subscription-Token", key),
        answered -> found(answered, notes),
        this::failed);
  }

  /// The query with its domains; empty when that is more than Brave takes.
  private static Optional<String> withSites(SearchQuery query) {
    if (query.domains().isEmpty()) {
      return Optional.of(query.text());
    }
    String sites =
        query.domains().stream().map(one -> "site:" + one).collect(Collectors.joining(" OR "));
    return Optional.of(query.text() + " " + sites).filter(Brave::fits);
  }

  private String freshness(int days) {
    return switch (days) {
      case 1 -> "pd";
      case 7 -> "pw";
      case 31 -> "pm";
      case 365 -> "py";
      default -> {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        yield today.minusDays(days) + "to" + today;
      }
    };
  }

  private Found found(Answered answered, List<String> notes) {
    List<ProviderHit> hits = new ArrayList<>();
    JsonNode web = Service.json(answered).path("web");
    // Where nothing was found there is no such part.
    if (!web.isMissingNode()) {
      Service.list(web, "results").forEach(result -> hits.add(hit(result)));
    }
    Windows windows = Windows.of(answered);
    List<String> all = new ArrayList<>(notes);
    if (windows.monthIsOver()) {
      all.add("The month's quota is used up with this call");
    }
    return new Found(hits, price, all, windows.pause());
  }

  private static ProviderHit hit(JsonNode result) {
    Optional<Instant> published = Dates.of(result.path("page_age").asString(""));
    return new ProviderHit(
        result.path("url").asString(""),
        Service.text(result, "title"),
        Service.text(result, "description"),
        published);
  }

  private Failed failed(Answered answered) {
    JsonNode error = Service.error(answered).map(body -> body.path("error")).orElse(null);
    String code = error == null ? "" : error.path("code").asString("");
    if (code.equals("SUBSCRIPTION_TOKEN_INVALID")) {
      return Failed.of(Kind.UNAUTHORIZED, "refused the key (%s)".formatted(KEY));
    }
    if (answered.status() == 429) {
      Windows windows = Windows.of(answered);
      return windows.monthIsOver() || code.equals("QUOTA_LIMITED")
          ? Failed.of(Kind.EXHAUSTED, "has no calls left this month for this key")
          : new Failed(
              Kind.BUSY, "is asked too often", answered.retryAfter().or(windows::shortReset));
    }
    String detail = error == null ? "" : error.path("detail").asString("");
    return Service.usual(answered, detail, KEY);
  }

  /// What Brave says of its two windows, the first a second, the last a month. A plan without a
  /// monthly quota has a monthly limit of 0, of which 0 always remain.
  ///
  /// @param limit calls allowed in each
  /// @param remaining calls left in each
  /// @param reset seconds until each starts again
  private record Windows(List<Long> limit, List<Long> remaining, List<Long> reset) {
    static Windows of(Answered answered) {
      return new Windows(
          numbers(answered, "x-ratelimit-limit"),
          numbers(answered, "x-ratelimit-remaining"),
          numbers(answered, "x-ratelimit-reset"));
    }

    private static List<Long> numbers(Answered answered, String header) {
      String text = answered.header(header).orElse("").strip();
      return text.matches("\\d{1,12}(\\s*,\\s*\\d{1,12})*")
          ? Arrays.stream(text.split("\\s*,\\s*", -1)).map(Long::valueOf).toList()
          : List.of();
    }

    boolean monthIsOver() {
      boolean unmetered = limit.size() > 1 && limit.getLast() == 0;
      return !unmetered && remaining.size() > 1 && remaining.getLast() == 0;
    }

    Optional<Duration> shortReset() {
      return reset.isEmpty()
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(Math.min(reset.getFirst(), 60)));
    }

    Optional<Duration> pause() {
      return !remaining.isEmpty() && remaining.getFirst() == 0 ? shortReset() : Optional.empty();
    }
  }
}
