package dev.errand.testkit.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A wiki that speaks MediaWiki's REST API.
final class FakeWikipedia implements FakeEngine {
  @Override
  public String name() {
    return "wikipedia";
  }

  @Override
  public Optional<FakeReply> refusal(FakeAsk ask) {
    if (!ask.path().equals("/w/rest.php/v1/search/page")) {
      return Optional.of(error(404, "rest-no-match", "The requested path was not found"));
    }
    if (ask.header("user-agent").isBlank()) {
      return Optional.of(error(403, "no-user-agent", "Please set a user-agent"));
    }
    boolean valid =
        !ask.parameter("q").isBlank()
            && ask.parameter("q").length() <= 300
            && ask.isWithin("limit", 1, 100);
    return valid
        ? Optional.empty()
        : Optional.of(error(400, "paramvalidator-badinteger", "Invalid parameter"));
  }

  @Override
  public String text(FakeAsk ask) {
    return ask.parameter("q");
  }

  @Override
  public FakeReply answer(FakeAsk ask, FakePages pages) {
    List<Map<String, Object>> found =
        pages.search(name(), text(ask), ask.number("limit", 50), Optional.empty()).stream()
            .map(page ->
                Map.<String, Object>of(
                    "id", Math.floorMod(page.slug().hashCode(), 1_000_000),
                    "key", page.title().replace(' ', '_'),
                    "title", page.title(),
                    "excerpt",
                        page.text().replace("task", "<span class=\"searchmatch\">task</span>"),
                    "description", "a page"))
            .toList();
    return FakeReply.json(200, Map.of("pages", found));
  }

  @Override
  public Map<String, FakeReply> failures() {
    return Map.of(
        "429", error(429, "ratelimited", "Too many requests").with("Retry-After", "1"),
        "403", error(403, "no-user-agent", "Please set a user-agent"),
        "empty", FakeReply.json(200, Map.of("pages", List.of())));
  }

  private static FakeReply error(int status, String key, String message) {
    return FakeReply.json(
        status,
        Map.of(
            "errorKey", key,
            "messageTranslations", Map.of("en", message),
            "httpCode", status));
  }
}
