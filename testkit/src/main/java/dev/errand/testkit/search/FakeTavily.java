package dev.errand.testkit.search;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tavily's search.
final class FakeTavily implements FakeEngine {
  static final String KEY = "fake-tavily-key";

  private static final Set<String> FIELDS =
      Set.of(
          "query",
          "search_depth",
          "topic",
          "time_range",
          "days",
          "start_date",
          "end_date",
          "max_results",
          "include_domains",
          "exclude_domains",
          "include_raw_content");

  @Override
  public String name() {
    return "tavily";
  }

  @Override
  public Optional<FakeReply> refusal(FakeAsk ask) {
    if (!ask.method().equals("POST") || !ask.path().equals("/search")) {
      return Optional.of(error(404, "Not found"));
    }
    if (!ask.header("authorization").equals("Bearer " + KEY)) {
      return Optional.of(error(401, "Unauthorized: missing or invalid API key."));
    }
    try {
      Map<String, Object> body = FakeJson.object(ask.body());
      String query = body.getOrDefault("query", "").toString();
      double count = body.get("max_results") instanceof Double number ? number : 5;
      boolean valid =
          FIELDS.containsAll(body.keySet())
              && !query.isBlank()
              && query.length() <= 400
              && count >= 0
              && count <= 20
              && Set.of("basic", "advanced").contains(body.getOrDefault("search_depth", "basic"))
              && Set.of("general", "news", "finance")
                  .contains(body.getOrDefault("topic", "general"))
              && body.getOrDefault("start_date", "2020-01-01")
                  .toString()
                  .matches("\\d{4}-\\d\\d-\\d\\d");
      return valid ? Optional.empty() : Optional.of(error(400, "Query is too long or invalid."));
    } catch (IllegalArgumentException _) {
      return Optional.of(error(400, "Invalid JSON."));
    }
  }

  @Override
  public String text(FakeAsk ask) {
    return FakeJson.object(ask.body()).getOrDefault("query", "").toString();
  }

  @Override
  public FakeReply answer(FakeAsk ask, FakePages pages) {
    Map<String, Object> body = FakeJson.object(ask.body());
    int count = body.get("max_results") instanceof Double number ? number.intValue() : 5;
    var since =
        Optional.ofNullable(body.get("start_date"))
            .map(day -> LocalDate.parse(day.toString()).atStartOfDay(ZoneOffset.UTC).toInstant());
    List<Map<String, Object>> results =
        pages.search(name(), text(ask), count, since).stream()
            .map(page -> {
              Map<String, Object> result = new LinkedHashMap<>();
              result.put("title", page.title());
              result.put("url", pages.url(page));
              result.put("content", page.text());
              result.put("score", 0.8);
              page.published().ifPresent(date -> result.put("published_date", date.toString()));
              return result;
            })
            .toList();
    return FakeReply.json(
        200, Map.of("query", text(ask), "results", results, "response_time", 1.2));
  }

  @Override
  public Map<String, FakeReply> failures() {
    return Map.of(
        "429",
            FakeReply.json(
                429,
                Map.of(
                    "error",
                    Map.of(
                        "code",
                        "rate_limited",
                        "message",
                        "Slow down",
                        "window",
                        "minute",
                        "retry_after_seconds",
                        2,
                        "next_actions",
                        List.of()))),
        "401", error(401, "Unauthorized: missing or invalid API key."),
        "400", error(400, "Query is too long."),
        "empty", FakeReply.json(200, Map.of("query", "x", "results", List.of())));
  }

  private static FakeReply error(int status, String message) {
    return FakeReply.json(status, Map.of("detail", Map.of("error", message)));
  }
}
