package dev.errand.bench.reader;

import dev.errand.handlers.read.DescribedPage;
import java.util.List;

/// A page to learn from.
///
/// @param shares how much of each stretch is in the known text, 0 to 1
/// @param weights how much each stretch counts
record Example(KnownPage known, DescribedPage page, float[] shares, float[] weights) {
  /// How fast the weight of a word falls with the size of its page: a page counts about the same
  /// however long it is, but a tiny one less.
  private static final double OTHER_WORDS = 0.3;
  private static final double TINY = 50;
  private static final double SCALE = 1_000;

  static Example of(KnownPage known) {
    DescribedPage page = DescribedPage.of(known.html().bytes());
    List<List<String>> stretches = page.stretches().stream().map(WordBag::words).toList();
    List<String> text = WordBag.words(known.text());
    int all = stretches.stream().mapToInt(List::size).sum();
    double scale = SCALE / (Math.max(text.size(), 1) + OTHER_WORDS * all + TINY);
    float[] weights = new float[stretches.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (stretches.get(i).size() * scale);
    }
    return new Example(known, page, Wanted.shares(stretches, text), weights);
  }
}
