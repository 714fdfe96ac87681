package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.corpus.Terms;
import dev.errand.handlers.research.Retrieval.Place;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Expands a question by terms of the first passages found for it: those that weigh most in them
/// and are rare elsewhere (RM3, Abdul-Jaleel and others, 2004).
final class RelevanceFeedback {
  private static final int MOST = 20;

  /// The weight of all these terms together, relative to those of the question. A higher one finds
  /// more about the subject, and less often the one sentence that answers.
  private static final double WEIGHT = 0.3;

  private RelevanceFeedback() {}

  /// `asked` together with the terms of `found`, which together weigh less than the question.
  ///
  /// @param found passages, the best first
  static Map<String, Double> terms(List<Place> found, Map<String, Double> asked, Library library)
      throws IOException {
    var shares = shares(found.subList(0, Math.min(Retrieval.FEEDBACK, found.size())));
    var weighed = new HashMap<String, Double>();
    for (var share : shares.entrySet()) {
      if (library.frequency(share.getKey()) > 1) {
        weighed.put(share.getKey(), share.getValue() * library.idf(share.getKey()));
      }
    }
    var best =
        weighed.entrySet().stream()
            .sorted(
                Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST)
            .toList();
    double all = best.stream().mapToDouble(Map.Entry::getValue).sum();
    long named = asked.values().stream().filter(weight -> weight == 1).count();
    var terms = new LinkedHashMap<>(asked);
    best.forEach(
        one -> terms.merge(one.getKey(), WEIGHT * named * one.getValue() / all, Double::sum));
    return terms;
  }

  /// Each term's share in the passages' words, where better passages count more.
  private static Map<String, Double> shares(List<Place> found) {
    double all = found.stream().mapToDouble(Place::relevance).sum();
    var shares = new HashMap<String, Double>();
    for (var place : found) {
      var terms = Terms.of(place.text());
      double each = place.relevance() / all / Math.max(1, terms.size());
      terms.forEach(term -> shares.merge(term, each, Double::sum));
    }
    return shares;
  }
}
