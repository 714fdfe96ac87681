package dev.errand.bench.reader;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// How well and how fast one page was read.
///
/// @param f1 0 to 1
/// @param millis processor time of the reading thread
record Score(double f1, double millis) {

  static double mean(List<Score> scores, ToDoubleFunction<Score> value) {
    return scores.stream().mapToDouble(value).average().orElse(0);
  }

  /// The percentile of the times: so many `percent` of the pages take no longer.
  static double millis(List<Score> scores, int percent) {
    return scores.stream()
        .mapToDouble(Score::millis)
        .sorted()
        .skip((long) (scores.size() - 1) * percent / 100)
        .findFirst()
        .orElse(0);
  }
}
