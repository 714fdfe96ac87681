package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Library;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How much each of a question's terms tells, in a given library: rare terms tell more.
final class TermWeights {
  private final Map<String, Double> weights = new LinkedHashMap<>();
  private final double total;

  private TermWeights(Map<String, Double> weights) {
    this.weights.putAll(weights);
    this.total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  static TermWeights of(List<String> terms, Library library) throws IOException {
    var weights = new LinkedHashMap<String, Double>();
    double passages = library.passages();
    for (String term : terms) {
      double frequency = library.frequency(term);
      weights.put(term, Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)));
    }
    return new TermWeights(weights);
  }

  double of(String term) {
    return weights.getOrDefault(term, 0.0);
  }

  Collection<String> terms() {
    return weights.keySet();
  }

  /// Of the whole weight, the share that lies in terms among `present`: 0 to 1.
  double share(Collection<String> present) {
    double found = 0;
    for (var weight : weights.entrySet()) {
      found += present.contains(weight.getKey()) ? weight.getValue() : 0;
    }
    return total == 0 ? 0 : found / total;
  }

  double total() {
    return total;
  }
}
