package dev.errand.bench.evaluate;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/// How good a ranking is, by the usual measures, each 0 to 1, with binary judgements.
///
/// @param ndcg nDCG@10: the discounted gain of the first ten, relative to an ideal ranking
/// @param map average precision: the mean of the precision at each relevant document
/// @param precision P@5
/// @param recall R@100
public record Quality(double ndcg, double map, double precision, double recall) {

  /// @param relevant one or more documents
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
