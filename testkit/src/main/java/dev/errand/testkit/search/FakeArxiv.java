package dev.errand.testkit.search;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// arXiv's API, which answers with a feed.
final class FakeArxiv implements FakeEngine {
  @Override
  public String name() {
    return "arxiv";
  }

  @Override
  public Optional<FakeReply> refusal(FakeAsk ask) {
    boolean valid =
        ask.path().equals("/api/query")
            && ask.parameter("search_query")
                .matches("(all:[\\p{L}\\p{N}.-]+( AND )?)+(submittedDate:\\[\\d{12} TO \\d{12}])?")
            && ask.isWithin("start", 0, 30_000)
            && ask.isWithin("max_results", 1, 2_000)
            && ask.parameter("sortBy").matches("(relevance|lastUpdatedDate|submittedDate)?");
    return valid ? Optional.empty() : Optional.of(feed(400, "<entry><title>Error</title></entry>"));
  }

  @Override
  public String text(FakeAsk ask) {
    return ask.parameter("search_query")
        .replaceAll("submittedDate:.*", "")
        .replaceAll("all:| AND ", " ");
  }

  @Override
  public FakeReply answer(FakeAsk ask, FakePages pages) {
    int count = ask.number("max_results", 10);
    return feed(
        200,
        pages.search(name(), text(ask), count, Optional.empty()).stream()
            .map(page ->
                """
                <entry><id>%s</id><title>%s</title><summary>%s</summary>%s</entry>
                """
                    .formatted(
                        pages.url(page),
                        page.title(),
                        page.text().replace("<", "&lt;"),
                        page.published()
                            .map(date -> "<published>%s</published>".formatted(date))
                            .orElse("")))
            .collect(Collectors.joining()));
  }

  @Override
  public Map<String, FakeReply> failures() {
    return Map.of("429", feed(429, "").with("Retry-After", "3"), "empty", feed(200, ""));
  }

  private static FakeReply feed(int status, String entries) {
    String body =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title>
        %s</feed>
        """
            .formatted(entries);
    return new FakeReply(
        status, "application/atom+xml; charset=utf-8", Map.of(), body, FakeReply.Manner.WHOLE);
  }
}
