package dev.errand.handlers.search.provider;

import dev.errand.handlers.fetch.ApiClient.Response.Answered;
import dev.errand.handlers.search.ProviderAnswer;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderHit;
import dev.errand.handlers.search.SearchProvider;
import dev.errand.handlers.search.SearchQuery;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The stories of Hacker News, by Algolia's search. A story without a page of its own links to its
/// discussion.
final class HackerNews implements SearchProvider {
  private static final int MOST_HITS = 100;

  private final Service service;
  private final InstantSource clock;

  HackerNews(Service service, InstantSource clock) {
    this.service = service;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "hackernews";
  }

  @Override
  public RateLimit rateLimit() {
    return new RateLimit(Duration.ofMillis(400), 2);
  }

  @Override
  public ProviderAnswer search(SearchQuery query) throws InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("query", query.text());
    parameters.put("tags", "story");
    parameters.put("hitsPerPage", String.valueOf(Math.min(query.count(), MOST_HITS)));
    query
        .since(clock.instant())
        .ifPresent(day ->
            parameters.put(
                "numericFilters",
                "created_at_i>" + (day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() - 1)));
    return service.get(
        parameters,
        Map.of(),
        HackerNews::found,
        answered ->
            Service.usual(
                answered,
                Service.error(answered).map(body -> body.path("message").asString("")).orElse(""),
                "HACKERNEWS_API_URL"));
  }

  private static Found found(Answered answered) {
    List<ProviderHit> hits = new ArrayList<>();
    Service.list(Service.json(answered), "hits").forEach(hit -> hits.add(hit(hit)));
    return Found.free(hits);
  }

  private static ProviderHit hit(JsonNode hit) {
    String url = hit.path("url").asString("");
    String discussion = "https://news.ycombinator.com/item?id=" + hit.path("objectID").asString("");
    String text = Service.text(hit, "story_text");
    return new ProviderHit(
        url.isEmpty() ? discussion : url,
        Service.text(hit, "title"),
        text.isEmpty()
            ? "%d points, %d comments: %s"
                .formatted(
                    hit.path("points").asInt(0), hit.path("num_comments").asInt(0), discussion)
            : text,
        Dates.of(hit.path("created_at").asString("")));
  }
}
