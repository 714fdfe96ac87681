package dev.errand.testkit.search;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Crossref's works.
final class FakeCrossref implements FakeEngine {
  private static final Set<String> PARAMETERS = Set.of("query", "rows", "filter", "mailto");

  @Override
  public String name() {
    return "crossref";
  }

  @Override
  public Optional<FakeReply> refusal(FakeAsk ask) {
    boolean valid =
        ask.path().equals("/works")
            && PARAMETERS.containsAll(ask.query().keySet())
            && !ask.parameter("query").isBlank()
            && ask.isWithin("rows", 0, 1_000)
            && ask.parameter("filter").matches("(from-pub-date:\\d{4}-\\d\\d-\\d\\d)?")
            && ask.parameter("mailto").matches("(\\S+@\\S+)?");
    return valid ? Optional.empty() : Optional.of(invalid());
  }

  @Override
  public String text(FakeAsk ask) {
    return ask.parameter("query");
  }

  @Override
  public FakeReply answer(FakeAsk ask, FakePages pages) {
    List<Map<String, Object>> items =
        pages.search(name(), text(ask), ask.number("rows", 20), Optional.empty()).stream()
            .map(page -> {
              Map<String, Object> item = new LinkedHashMap<>();
              item.put("DOI", "10.5555/" + page.slug());
              item.put("URL", "https://doi.org/10.5555/" + page.slug());
              item.put("title", List.of(page.title()));
              item.put("abstract", "<jats:p>" + page.text() + "</jats:p>");
              page.published()
                  .map(date -> LocalDate.ofInstant(date, ZoneOffset.UTC))
                  .ifPresent(day ->
                      item.put(
                          "issued",
                          Map.of(
                              "date-parts",
                              List.of(
                                  List.of(
                                      day.getYear(), day.getMonthValue(), day.getDayOfMonth())))));
              return item;
            })
            .toList();
    return works(items);
  }

  private static FakeReply works(List<Map<String, Object>> items) {
    return FakeReply.json(
            200,
            Map.of(
                "status", "ok",
                "message-type", "work-list",
                "message", Map.of("total-results", items.size(), "items", items)))
        .with("x-rate-limit-limit", "50")
        .with("x-rate-limit-interval", "1s");
  }

  @Override
  public Map<String, FakeReply> failures() {
    return Map.of(
        "429", FakeReply.json(429, Map.of()).with("Retry-After", "1"),
        "400", invalid(),
        "empty", works(List.of()));
  }

  private static FakeReply invalid() {
    return FakeReply.json(
        400,
        Map.of(
            "status", "failed",
            "message-type", "validation-failure",
            "message", List.of(Map.of("type", "parameter-not-allowed", "message", "Not so"))));
  }
}
