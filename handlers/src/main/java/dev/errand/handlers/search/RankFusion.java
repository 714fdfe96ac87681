package dev.errand.handlers.search;

import dev.errand.handlers.fetch.WebAddress;
import dev.errand.handlers.search.Hit.Place;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Merges the providers' lists by reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009): a
/// result's score is the sum of 1 / (60 + its rank) over all providers that found it.
///
/// Results that are too old or from other domains are left out here, whatever the provider was
/// told: some filter by the day they found a page, and some not at all. Results without a date
/// stay.
final class RankFusion {
  private static final int K = 60;

  private static final Comparator<Place> BY_RANK =
      Comparator.comparingInt(Place::rank).thenComparing(Place::source);

  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparingDouble(Hit::score)
          .reversed()
          .thenComparing(hit -> hit.foundBy().getFirst(), BY_RANK)
          .thenComparing(Hit::url);

  private final SearchQuery query;
  private final Optional<LocalDate> since;
  private final Map<String, List<Found>> byAddress = new LinkedHashMap<>();

  private record Found(Place place, String title) {}

  RankFusion(SearchQuery query, InstantSource clock) {
    this.query = query;
    this.since = query.since(clock.instant());
  }

  /// @param hits of one source, best first
  void add(String source, List<ProviderHit> hits) {
    for (int i = 0; i < hits.size(); i++) {
      ProviderHit hit = hits.get(i);
      if (!isFromElsewhere(hit) && !isTooOld(hit.published())) {
        Place place = new Place(source, i + 1, hit.url(), hit.snippet(), hit.published());
        List<Found> same =
            byAddress.computeIfAbsent(CanonicalUrl.of(hit.url()), _ -> new ArrayList<>());
        // A provider may list a page twice: its better rank counts.
        if (same.stream().noneMatch(found -> found.place().source().equals(source))) {
          same.add(new Found(place, hit.title()));
        }
      }
    }
  }

  /// At most as many as the query asks for.
  List<Hit> best() {
    return byAddress.values().stream()
        .map(RankFusion::fused)
        .sorted(BEST_FIRST)
        .limit(query.count())
        .toList();
  }

  private static Hit fused(List<Found> found) {
    List<Found> inOrder =
        found.stream().sorted(Comparator.comparing(Found::place, BY_RANK)).toList();
    List<Place> places = inOrder.stream().map(Found::place).toList();
    Optional<Instant> published =
        places.stream().flatMap(place -> place.published().stream()).findFirst();
    double score = places.stream().mapToDouble(place -> 1.0 / (K + place.rank())).sum();
    return new Hit(
        places.getFirst().url(),
        firstOf(inOrder.stream().map(Found::title).toList()),
        firstOf(places.stream().map(Place::snippet).toList()),
        published,
        published.isPresent(),
        Math.round(score * 1e6) / 1e6,
        places);
  }

  private static String firstOf(List<String> texts) {
    return texts.stream().filter(text -> !text.isEmpty()).findFirst().orElse("");
  }

  private boolean isFromElsewhere(ProviderHit hit) {
    try {
      return !query.domains().isEmpty() && !query.allows(WebAddress.of(hit.url()));
    } catch (IllegalArgumentException _) {
      return true;
    }
  }

  private boolean isTooOld(Optional<Instant> published) {
    return since
        .flatMap(day ->
            published.map(moment -> moment.atZone(ZoneOffset.UTC).toLocalDate().isBefore(day)))
        .orElse(false);
  }
}
