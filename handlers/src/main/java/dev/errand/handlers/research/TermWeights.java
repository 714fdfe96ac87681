package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Library;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How much each of a question's terms weighs in a library: its inverse document frequency.
final class TermWeights {
  private final Map<String, Double> weights = new LinkedHashMap<>();
  private final double total;

  private TermWeights(Map<String, Double> weights) {
    this.weights.putAll(weights);
    this.total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  static TermWeights of(List<String> terms, Library library) throws IOException {
    var weights = new LinkedHashMap<String, Double>();
    for (String term : terms) {
      weights.put(term, library.idf(term));
    }
    return new TermWeights(weights);
  }

  /// Of the whole weight, the share that lies in terms among `present`: 0 to 1.
  double share(Collection<String> present) {
    double found = 0;
    for (var weight : weights.entrySet()) {
      found += present.contains(weight.getKey()) ? weight.getValue() : 0;
    }
    return total == 0 ? 0 : found / total;
  }
}
