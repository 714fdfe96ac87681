package dev.errand.handlers.search.provider;

import dev.errand.handlers.fetch.ApiClient.Response.Answered;
import dev.errand.handlers.search.ProviderAnswer;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderHit;
import dev.errand.handlers.search.SearchProvider;
import dev.errand.handlers.search.SearchQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/// arXiv's papers, as an Atom feed. It wants three seconds between two calls, and one at a time.
final class Arxiv implements SearchProvider {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyyMMddHHmm").withZone(ZoneOffset.UTC);
  private static final int MOST_HITS = 100;

  private final Service service;
  private final InstantSource clock;

  Arxiv(Service service, InstantSource clock) {
    this.service = service;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "arxiv";
  }

  @Override
  public RateLimit rateLimit() {
    return new RateLimit(Duration.ofSeconds(3), 1);
  }

  @Override
  public ProviderAnswer search(SearchQuery query) throws InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("search_query", terms(query));
    parameters.put("start", "0");
    parameters.put("max_results", String.valueOf(Math.min(query.count(), MOST_HITS)));
    parameters.put("sortBy", "relevance");
    return service.get(
        parameters,
        Map.of("Accept", "application/atom+xml"),
        Arxiv::found,
        answered -> Service.usual(answered, "", "ARXIV_API_URL"));
  }

  private String terms(SearchQuery query) {
    Instant now = clock.instant();
    // In its language, signs and the words of logic would mean something else.
    String words =
        Arrays.stream(query.text().replaceAll("[^\\p{L}\\p{N}.-]+", " ").strip().split(" ", -1))
            .filter(word -> !word.isEmpty() && !word.matches("(?i)and|or|andnot|to"))
            .map(word -> "all:" + word)
            .collect(Collectors.joining(" AND "));
    return query
        .since(now)
        .map(day ->
            "%s AND submittedDate:[%s TO %s]"
                .formatted(
                    words, MINUTE.format(day.atStartOfDay(ZoneOffset.UTC)), MINUTE.format(now)))
        .orElse(words);
  }

  private static Found found(Answered answered) {
    Document feed = Jsoup.parse(answered.body(), Parser.xmlParser());
    if (feed.selectFirst("feed") == null || !answered.body().stripTrailing().endsWith("</feed>")) {
      throw new IllegalArgumentException("no feed, or half of one");
    }
    List<ProviderHit> hits = new ArrayList<>();
    feed.select("feed > entry").forEach(entry -> hits.add(hit(entry)));
    return Found.free(hits);
  }

  private static ProviderHit hit(Element entry) {
    return new ProviderHit(
        text(entry, "id").replaceFirst("^http://arxiv\\.org/", "https://arxiv.org/"),
        text(entry, "title"),
        text(entry, "summary"),
        Dates.of(text(entry, "published")));
  }

  private static String text(Element entry, String name) {
    Element child = entry.selectFirst("> " + name);
    return child == null ? "" : child.text();
  }
}
