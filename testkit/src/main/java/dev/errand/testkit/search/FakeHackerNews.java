package dev.errand.testkit.search;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Hacker News by Algolia.
final class FakeHackerNews implements FakeEngine {
  @Override
  public String name() {
    return "hackernews";
  }

  @Override
  public Optional<FakeReply> refusal(FakeAsk ask) {
    boolean valid =
        ask.path().matches("/api/v1/search(_by_date)?")
            && ask.isWithin("hitsPerPage", 1, 1_000)
            && ask.parameter("tags").matches("(story|comment|ask_hn|show_hn)?")
            && ask.parameter("numericFilters").matches("(created_at_i>\\d+)?");
    return valid
        ? Optional.empty()
        : Optional.of(FakeReply.json(400, Map.of("message", "invalid", "status", 400)));
  }

  @Override
  public String text(FakeAsk ask) {
    return ask.parameter("query");
  }

  @Override
  public FakeReply answer(FakeAsk ask, FakePages pages) {
    Optional<Instant> since =
        Optional.of(ask.parameter("numericFilters"))
            .filter(filter -> !filter.isEmpty())
            .map(filter -> Instant.ofEpochSecond(Long.parseLong(filter.replaceAll("\\D", ""))));
    List<Map<String, Object>> hits =
        pages.search(name(), text(ask), ask.number("hitsPerPage", 20), since).stream()
            .map(page -> {
              Map<String, Object> hit = new LinkedHashMap<>();
              hit.put("objectID", String.valueOf(Math.floorMod(page.slug().hashCode(), 1_000_000)));
              hit.put("title", page.title());
              if (!page.slug().equals("cron")) {
                hit.put("url", pages.url(page));
              }
              hit.put("author", "somebody");
              hit.put("points", 12);
              hit.put("num_comments", 3);
              page.published().ifPresent(date -> hit.put("created_at", date.toString()));
              return hit;
            })
            .toList();
    return FakeReply.json(
        200, Map.of("hits", hits, "nbHits", hits.size(), "page", 0, "nbPages", 1));
  }

  @Override
  public Map<String, FakeReply> failures() {
    return Map.of(
        "429", FakeReply.json(429, Map.of("message", "Too many requests")),
        "empty", FakeReply.json(200, Map.of("hits", List.of(), "nbHits", 0)));
  }
}
