package dev.errand.bench.reader;

import dev.errand.handlers.read.DescribedPage;
import java.util.ArrayList;
import java.util.List;

/// A page to learn from, with a label for each of its stretches.
///
/// @param stretches in the order of the page
record Example(KnownPage known, DescribedPage page, List<Stretch> stretches) {
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
    float[] shares = StretchLabels.shares(stretches, text);
    List<Stretch> labelled = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      labelled.add(new Stretch(shares[i], (float) (stretches.get(i).size() * scale)));
    }
    return new Example(known, page, labelled);
  }

  /// @param wanted the share of it that is in the known text, 0 to 1
  /// @param weight how much it counts
  record Stretch(float wanted, float weight) {}
}
