package dev.errand.testkit.search;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A SearXNG instance whose settings allow JSON.
final class FakeSearxng implements FakeEngine {
  @Override
  public String name() {
    return "searxng";
  }

  @Override
  public Optional<FakeReply> refusal(FakeAsk ask) {
    boolean valid =
        ask.path().equals("/search")
            && !ask.parameter("q").isBlank()
            && ask.parameter("format").equals("json")
            && ask.parameter("time_range").matches("(day|month|year)?");
    return valid
        ? Optional.empty()
        : Optional.of(new FakeReply(400, "text/html", Map.of(), "<p>No", FakeReply.Manner.WHOLE));
  }

  @Override
  public String text(FakeAsk ask) {
    return ask.parameter("q");
  }

  @Override
  public FakeReply answer(FakeAsk ask, FakePages pages) {
    Optional<Instant> since =
        switch (ask.parameter("time_range")) {
          case "day" -> Optional.of(Instant.now().minus(1, ChronoUnit.DAYS));
          case "month" -> Optional.of(Instant.now().minus(30, ChronoUnit.DAYS));
          case "year" -> Optional.of(Instant.now().minus(365, ChronoUnit.DAYS));
          default -> Optional.empty();
        };
    List<Map<String, Object>> results =
        pages.search(name(), text(ask), 20, since).stream()
            .map(page -> {
              Map<String, Object> result = new LinkedHashMap<>();
              result.put("url", pages.url(page) + "#top");
              result.put("title", page.title());
              result.put("content", page.text());
              result.put("engine", "one");
              result.put("engines", List.of("one", "two"));
              result.put("score", 1.5);
              result.put("category", "general");
              page.published().ifPresent(date -> result.put("publishedDate", date.toString()));
              return result;
            })
            .toList();
    return FakeReply.json(200, body(text(ask), results, List.of()));
  }

  private static Map<String, Object> body(
      String query, List<Map<String, Object>> results, List<Object> silent) {
    return Map.of(
        "query",
        query,
        "number_of_results",
        0,
        "results",
        results,
        "answers",
        List.of(),
        "corrections",
        List.of(),
        "infoboxes",
        List.of(),
        "suggestions",
        List.of(),
        "unresponsive_engines",
        silent);
  }

  @Override
  public Map<String, FakeReply> failures() {
    return Map.of(
        "403", new FakeReply(403, "text/html", Map.of(), "<h1>Forbidden", FakeReply.Manner.WHOLE),
        "429", FakeReply.json(429, Map.of()),
        "silent", FakeReply.json(200, body("x", List.of(), List.of(List.of("one", "timeout")))));
  }
}
