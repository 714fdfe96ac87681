package dev.errand.testkit.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Brave's web search.
final class FakeBrave implements FakeEngine {
  static final String KEY = "fake-brave-key";

  private static final Set<String> PARAMETERS =
      Set.of(
          "q",
          "count",
          "offset",
          "country",
          "search_lang",
          "ui_lang",
          "safesearch",
          "freshness",
          "text_decorations",
          "spellcheck",
          "result_filter",
          "goggles",
          "units",
          "extra_snippets",
          "summary");

  @Override
  public String name() {
    return "brave";
  }

  @Override
  public Optional<FakeReply> refusal(FakeAsk ask) {
    if (!ask.method().equals("GET") || !ask.path().equals("/res/v1/web/search")) {
      return Optional.of(error(404, "NOT_FOUND", "Not found"));
    }
    if (!ask.header("x-subscription-token").equals(KEY)) {
      return Optional.of(token());
    }
    String q = ask.parameter("q");
    boolean valid =
        ask.header("accept").contains("application/json")
            && ask.header("accept-encoding").contains("gzip")
            && PARAMETERS.containsAll(ask.query().keySet())
            && !q.isBlank()
            && q.length() <= 400
            && q.strip().split("\\s+", -1).length <= 50
            && ask.isWithin("count", 1, 20)
            && ask.isWithin("offset", 0, 9)
            && matches(ask, "freshness", "pd|pw|pm|py|\\d{4}-\\d\\d-\\d\\dto\\d{4}-\\d\\d-\\d\\d")
            && matches(ask, "text_decorations|spellcheck|extra_snippets|summary", "true|false")
            && matches(ask, "safesearch", "off|moderate|strict");
    return valid
        ? Optional.empty()
        : Optional.of(error(422, "VALIDATION", "Unable to validate request parameter(s)"));
  }

  private static boolean matches(FakeAsk ask, String names, String pattern) {
    return ask.query().entrySet().stream()
        .filter(one -> one.getKey().matches(names))
        .allMatch(one -> one.getValue().matches(pattern));
  }

  @Override
  public String text(FakeAsk ask) {
    return ask.parameter("q");
  }

  @Override
  public FakeReply answer(FakeAsk ask, FakePages pages) {
    String words = ask.parameter("q").replaceAll("\\bsite:\\S+|\\bOR\\b", "");
    List<Map<String, Object>> results =
        pages.search(name(), words, ask.number("count", 20), since(ask)).stream()
            .map(page -> result(page, pages))
            .toList();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "search");
    body.put("query", Map.of("original", ask.parameter("q"), "more_results_available", false));
    body.put("mixed", Map.of("type", "mixed", "main", List.of()));
    if (!results.isEmpty()) {
      body.put("web", Map.of("type", "search", "family_friendly", true, "results", results));
    }
    return windows(FakeReply.json(200, body), "1, 1000");
  }

  private static Optional<Instant> since(FakeAsk ask) {
    Instant now = Instant.now();
    return switch (ask.parameter("freshness")) {
      case "" -> Optional.empty();
      case "pd" -> Optional.of(now.minus(1, ChronoUnit.DAYS));
      case "pw" -> Optional.of(now.minus(7, ChronoUnit.DAYS));
      case "pm" -> Optional.of(now.minus(31, ChronoUnit.DAYS));
      case "py" -> Optional.of(now.minus(365, ChronoUnit.DAYS));
      case String range ->
          Optional.of(
              LocalDate.parse(range.substring(0, 10)).atStartOfDay(ZoneOffset.UTC).toInstant());
    };
  }

  private static Map<String, Object> result(FakePages.Page page, FakePages pages) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("type", "search_result");
    result.put("subtype", "generic");
    result.put("title", page.title());
    result.put("url", pages.url(page));
    result.put("description", page.text().replace("queue", "<strong>queue</strong>"));
    page.published().ifPresent(date -> result.put("page_age", date.toString().replace("Z", "")));
    result.put("language", "en");
    result.put("family_friendly", true);
    result.put("is_live", false);
    return result;
  }

  @Override
  public Map<String, FakeReply> failures() {
    return Map.of(
        "429", windows(limited("RATE_LIMITED"), "0, 1000"),
        "quota", windows(limited("RATE_LIMITED"), "1, 0"),
        "unmetered", unmetered(FakeReply.json(200, Map.of("type", "search")), "49, 0"),
        "unmetered-429", unmetered(limited("RATE_LIMITED"), "0, 0"),
        "token", token(),
        "422", error(422, "VALIDATION", "Unable to validate request parameter(s)"),
        "empty",
            windows(
                FakeReply.json(
                    200,
                    Map.of("type", "search", "query", Map.of("original", "x"), "mixed", Map.of())),
                "1, 1000"));
  }

  private static FakeReply token() {
    return error(422, "SUBSCRIPTION_TOKEN_INVALID", "The provided subscription token is invalid.");
  }

  private static FakeReply limited(String code) {
    return error(429, code, "Request rate limit exceeded for plan");
  }

  private static FakeReply error(int status, String code, String detail) {
    return FakeReply.json(
        status,
        Map.of(
            "type", "ErrorResponse",
            "error",
                Map.of(
                    "id", "5a2b1c34-0000-4000-8000-000000000000",
                    "status", status,
                    "detail", detail,
                    "meta",
                        Map.of(
                            "plan",
                            "Free",
                            "rate_limit",
                            1,
                            "rate_current",
                            1,
                            "quota_limit",
                            2000,
                            "quota_current",
                            15,
                            "component",
                            "rate_limiter"),
                    "code", code),
            "time", Instant.now().getEpochSecond()));
  }

  /// As a plan without a monthly quota has them: of a limit of 0 there is always 0 left.
  private static FakeReply unmetered(FakeReply reply, String remaining) {
    return windows(reply, remaining)
        .with("X-RateLimit-Limit", "50, 0")
        .with("X-RateLimit-Policy", "50;w=1, 0;w=2592000");
  }

  private static FakeReply windows(FakeReply reply, String remaining) {
    return reply
        .with("X-RateLimit-Limit", "1, 15000")
        .with("X-RateLimit-Policy", "1;w=1, 15000;w=2592000")
        .with("X-RateLimit-Remaining", remaining)
        .with("X-RateLimit-Reset", "1, 1419704");
  }
}
