package dev.errand.handlers.read;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Which stretches to keep when each only probably belongs to the text: those that maximise the
/// expected F1, taken as the ratio of the expectations. They are always the likeliest ones, so that
/// only their number is searched for.
final class ExpectedF1 {
  private final boolean[] kept;
  private final double expected;

  private ExpectedF1(boolean[] kept, double expected) {
    this.kept = kept;
    this.expected = expected;
  }

  /// By index; the caller may change it.
  boolean[] kept() {
    return kept;
  }

  /// The F1 measure that can be expected, 0 to 1.
  double expected() {
    return expected;
  }

  /// @param likely the probability that each belongs to the text
  /// @param sizes the words of each
  static ExpectedF1 of(double[] likely, int[] sizes) {
    List<Integer> order =
        IntStream.range(0, likely.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -likely[i]))
            .toList();
    double right = 0;
    for (int i = 0; i < likely.length; i++) {
      right += likely[i] * sizes[i];
    }
    double found = 0;
    double taken = 0;
    double best = 0;
    int count = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      int i = order.get(rank);
      found += likely[i] * sizes[i];
      taken += sizes[i];
      double f1 = 2 * found / (taken + right);
      if (f1 > best) {
        best = f1;
        count = rank + 1;
      }
    }
    boolean[] kept = new boolean[likely.length];
    order.subList(0, count).forEach(i -> kept[i] = true);
    return new ExpectedF1(kept, best);
  }
}
