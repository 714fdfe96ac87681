package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Terms;
import dev.errand.handlers.fetch.WebAddress;
import dev.errand.handlers.search.CanonicalUrl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Chooses which of the pages that were found to read, and says why.
final class PageChoice {
  private static final int MOST_OF_ONE_HOST = 3;

  /// Short titles, such as "Home", are those of many pages.
  private static final int LONG_TITLE = 20;

  private static final Duration RECENT = Duration.ofDays(365);

  private final Instant now;
  private final Set<String> known = new HashSet<>();
  private final Set<String> titles = new HashSet<>();
  private final Map<String, Integer> byHost = new HashMap<>();

  /// @param now what dates are compared with
  PageChoice(Instant now) {
    this.now = now;
  }

  /// A page to read.
  ///
  /// @param score 0 to 1
  /// @param published as far as a provider knows
  record Chosen(
      int question, String url, double score, List<String> reasons, Optional<Instant> published) {}

  /// The hits of a query for one question.
  record FoundFor(int question, String query, List<WebSearch.Hit> hits) {}

  /// The best pages for each question in turn, none that was chosen before.
  ///
  /// @param most pages
  List<Chosen> choose(List<FoundFor> found, List<Question> questions, int most) {
    var byQuestion = new LinkedHashMap<Integer, List<Offer>>();
    for (var one : found) {
      for (var hit : one.hits()) {
        address(hit.url()).ifPresent(url -> offer(one, hit, url, questions, byQuestion));
      }
    }
    var chosen = new ArrayList<Chosen>();
    boolean more = true;
    while (more && chosen.size() < most) {
      more = false;
      for (var offers : byQuestion.values()) {
        var best = chosen.size() < most ? best(offers) : Optional.<Chosen>empty();
        best.ifPresent(chosen::add);
        more |= best.isPresent();
      }
    }
    return chosen;
  }

  /// A page that was found, perhaps several times.
  private static final class Offer {
    private final int question;
    private final String url;
    private final WebSearch.Hit hit;
    private final double relevance;
    private final List<String> places = new ArrayList<>();

    Offer(int question, String url, WebSearch.Hit hit, double relevance) {
      this.question = question;
      this.url = url;
      this.hit = hit;
      this.relevance = relevance;
    }
  }

  private static void offer(
      FoundFor found,
      WebSearch.Hit hit,
      String url,
      List<Question> questions,
      Map<Integer, List<Offer>> byQuestion) {
    var offers = byQuestion.computeIfAbsent(found.question(), _ -> new ArrayList<>());
    var offer =
        offers.stream()
            .filter(one -> one.url.equals(url))
            .findFirst()
            .orElseGet(() -> {
              var fresh =
                  new Offer(
                      found.question(),
                      url,
                      hit,
                      relevance(questions.get(found.question() - 1), hit));
              offers.add(fresh);
              return fresh;
            });
    offer.places.add(
        "found by %s at place %d for “%s”".formatted(hit.provider(), hit.rank(), found.query()));
  }

  /// The share of the question's terms that title and excerpt hold.
  private static double relevance(Question question, WebSearch.Hit hit) {
    var there = Set.copyOf(Terms.of(hit.title() + " " + hit.snippet()));
    long present = question.terms().stream().filter(there::contains).count();
    return question.terms().isEmpty() ? 0 : (double) present / question.terms().size();
  }

  private Optional<Chosen> best(List<Offer> offers) {
    return offers.stream()
        .filter(this::isNew)
        .min(
            Comparator.comparingDouble((Offer offer) -> -score(offer))
                .thenComparingInt(offer -> offer.hit.rank())
                .thenComparing(offer -> offer.url))
        .map(this::take);
  }

  private boolean isNew(Offer offer) {
    return !known.contains(offer.url)
        && !titles.contains(title(offer))
        && byHost.getOrDefault(host(offer.url), 0) < MOST_OF_ONE_HOST;
  }

  private Chosen take(Offer offer) {
    double score = Rounded.of(score(offer));
    var reasons = reasons(offer);
    known.add(offer.url);
    if (title(offer).length() >= LONG_TITLE) {
      titles.add(title(offer));
    }
    byHost.merge(host(offer.url), 1, Integer::sum);
    return new Chosen(offer.question, offer.url, score, reasons, offer.hit.published());
  }

  private double score(Offer offer) {
    double place = 1.0 / (1 + 0.2 * (Math.max(1, offer.hit.rank()) - 1));
    double several = Math.min(offer.places.size() - 1, 2) * 0.05;
    double host = byHost.getOrDefault(host(offer.url), 0) * 0.1;
    double date = offer.hit.published().map(at -> isRecent(at) ? 0.1 : 0.05).orElse(0.0);
    return Math.clamp(0.5 * offer.relevance + 0.3 * place + several + date - host, 0, 1);
  }

  private List<String> reasons(Offer offer) {
    var reasons = new ArrayList<>(offer.places);
    reasons.add(
        String.format(
            Locale.ROOT,
            "%.0f %% of the question's words in its title and excerpt",
            100 * offer.relevance));
    offer
        .hit
        .published()
        .ifPresent(at ->
            reasons.add(
                (isRecent(at) ? "recent, of " : "of ")
                    + ShownDate.of(LocalDate.ofInstant(at, ZoneOffset.UTC)).text()));
    int before = byHost.getOrDefault(host(offer.url), 0);
    reasons.add(
        before == 0
            ? "the first page of " + host(offer.url)
            : "%s of %s before it".formatted(Plural.of(before, "page"), host(offer.url)));
    return reasons;
  }

  private boolean isRecent(Instant at) {
    return at.isAfter(now.minus(RECENT));
  }

  private static String title(Offer offer) {
    return Excerpts.line(offer.hit.title()).toLowerCase(Locale.ROOT);
  }

  private static String host(String url) {
    var host = URI.create(url).getHost();
    return host == null ? url : host.replaceFirst("^www\\.", "");
  }

  /// The address without what only tracks readers; empty for what is not an address on the web.
  static Optional<String> address(String url) {
    try {
      var uri = WebAddress.of(url).uri();
      var text = uri.toString();
      int query = text.indexOf('?');
      if (query < 0) {
        return Optional.of(text);
      }
      var kept =
          Pattern.compile("&")
              .splitAsStream(text.substring(query + 1))
              .filter(pair -> !CanonicalUrl.isTracker(pair))
              .toList();
      return Optional.of(
          text.substring(0, query) + (kept.isEmpty() ? "" : "?" + String.join("&", kept)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
