package dev.errand.bench.evaluate;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/// How good a ranking is, by the usual measures: 0 to 1, judgements taken as yes or no.
///
/// @param ndcg of the first ten, discounted by rank
/// @param map precision at each relevant document, on average
/// @param precision of the first five
/// @param recall in the first hundred
public record Quality(double ndcg, double map, double precision, double recall) {

  public static Quality of(List<Integer> ranking, Set<Integer> relevant) {
    double gain = 0;
    double ideal = 0;
    for (int rank = 0; rank < 10; rank++) {
      double worth = Math.log(2) / Math.log(rank + 2);
      gain += rank < ranking.size() && relevant.contains(ranking.get(rank)) ? worth : 0;
      ideal += rank < relevant.size() ? worth : 0;
    }
    int found = 0;
    double precisions = 0;
    for (int rank = 0; rank < ranking.size(); rank++) {
      if (relevant.contains(ranking.get(rank))) {
        found++;
        precisions += (double) found / (rank + 1);
      }
    }
    return new Quality(
        gain / ideal,
        precisions / relevant.size(),
        among(ranking, 5, relevant) / 5.0,
        among(ranking, 100, relevant) / (double) relevant.size());
  }

  private static long among(List<Integer> ranking, int first, Set<Integer> relevant) {
    return ranking.stream().limit(first).filter(relevant::contains).count();
  }

  static Quality mean(Collection<Quality> all) {
    return new Quality(
        all.stream().mapToDouble(Quality::ndcg).average().orElse(0),
        all.stream().mapToDouble(Quality::map).average().orElse(0),
        all.stream().mapToDouble(Quality::precision).average().orElse(0),
        all.stream().mapToDouble(Quality::recall).average().orElse(0));
  }
}
