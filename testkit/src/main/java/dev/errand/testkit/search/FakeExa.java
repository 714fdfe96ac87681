package dev.errand.testkit.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Exa's search.
final class FakeExa implements FakeEngine {
  static final String KEY = "fake-exa-key";

  private static final Set<String> FIELDS =
      Set.of(
          "query",
          "type",
          "category",
          "numResults",
          "includeDomains",
          "excludeDomains",
          "startPublishedDate",
          "endPublishedDate",
          "startCrawlDate",
          "endCrawlDate",
          "includeText",
          "excludeText",
          "userLocation",
          "moderation",
          "additionalQueries",
          "contents");
  private static final Set<String> TYPES = Set.of("auto", "neural", "fast", "deep");

  @Override
  public String name() {
    return "exa";
  }

  @Override
  public Optional<FakeReply> refusal(FakeAsk ask) {
    if (!ask.method().equals("POST") || !ask.path().equals("/search")) {
      return Optional.of(error(404, "NOT_FOUND", "Not found"));
    }
    if (!ask.header("x-api-key").equals(KEY)
        && !ask.header("authorization").equals("Bearer " + KEY)) {
      return Optional.of(error(401, "INVALID_API_KEY", "Invalid API key"));
    }
    if (!ask.header("content-type").startsWith("application/json")) {
      return Optional.of(error(400, "INVALID_REQUEST_BODY", "Content-Type must be JSON"));
    }
    Map<String, Object> body;
    try {
      body = FakeJson.object(ask.body());
    } catch (IllegalArgumentException e) {
      return Optional.of(error(400, "INVALID_REQUEST_BODY", "Invalid JSON: " + e.getMessage()));
    }
    return problem(body).map(problem -> error(400, problem, "Invalid request body"));
  }

  private static Optional<String> problem(Map<String, Object> body) {
    double count = body.get("numResults") instanceof Double number ? number : 10;
    if (count < 1 || count > 100 || count != Math.floor(count)) {
      return Optional.of("INVALID_NUM_RESULTS");
    }
    boolean valid =
        FIELDS.containsAll(body.keySet())
            && body.get("query") instanceof String text
            && !text.isBlank()
            && TYPES.contains(body.getOrDefault("type", "auto").toString())
            && body.getOrDefault("includeDomains", List.of()) instanceof List<?>
            && isDate(body.getOrDefault("startPublishedDate", Instant.EPOCH))
            && body.getOrDefault("contents", Map.of()) instanceof Map<?, ?>;
    return valid ? Optional.empty() : Optional.of("INVALID_REQUEST_BODY");
  }

  private static boolean isDate(Object text) {
    try {
      return Instant.parse(text.toString()).isAfter(Instant.MIN);
    } catch (DateTimeException _) {
      return false;
    }
  }

  @Override
  public String text(FakeAsk ask) {
    return FakeJson.object(ask.body()).getOrDefault("query", "").toString();
  }

  @Override
  public FakeReply answer(FakeAsk ask, FakePages pages) {
    Map<String, Object> body = FakeJson.object(ask.body());
    int count = body.get("numResults") instanceof Double number ? number.intValue() : 10;
    Optional<Instant> since =
        Optional.ofNullable(body.get("startPublishedDate"))
            .map(text -> Instant.parse(text.toString()));
    List<Map<String, Object>> results =
        pages.search(name(), text(ask), count, since).stream()
            .map(page -> result(page, pages))
            .toList();
    return FakeReply.json(
        200,
        Map.of(
            "requestId",
            "b5947044c4b78efa9552a7c89b306d95",
            "resolvedSearchType",
            "neural",
            "results",
            results,
            "costDollars",
            Map.of("total", 0.007, "breakDown", List.of())));
  }

  private static Map<String, Object> result(FakePages.Page page, FakePages pages) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("title", page.title());
    result.put("url", pages.url(page) + "?utm_source=exa");
    result.put("id", pages.url(page));
    page.published().ifPresent(date -> result.put("publishedDate", date.toString()));
    result.put("author", "Somebody");
    result.put("score", 0.3);
    result.put("highlights", List.of(page.text()));
    result.put("highlightScores", List.of(0.5));
    return result;
  }

  @Override
  public Map<String, FakeReply> failures() {
    return Map.of(
        "429", error(429, "RATE_LIMITED", "Too many requests").with("Retry-After", "1"),
        "402", error(402, "NO_MORE_CREDITS", "You have no more credits"),
        "budget", error(402, "API_KEY_BUDGET_EXCEEDED", "The key's budget is used up"),
        "401", error(401, "INVALID_API_KEY", "Invalid API key"),
        "403", error(403, "PROHIBITED_CONTENT", "Not that"),
        "400", error(400, "INVALID_REQUEST", "Invalid request"),
        "empty", FakeReply.json(200, Map.of("requestId", "x", "results", List.of())));
  }

  private static FakeReply error(int status, String tag, String message) {
    return FakeReply.json(
        status, Map.of("requestId", "b5947044c4b78efa", "error", message, "tag", tag));
  }
}
