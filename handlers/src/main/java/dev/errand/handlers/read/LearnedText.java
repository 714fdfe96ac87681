package dev.errand.handlers.read;

import dev.errand.handlers.read.Stretches.Placed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.TextNode;

/// Decides stretch by stretch what belongs to the text, by what was learned from pages of every
/// type.
final class LearnedText {
  private static final Forest FOREST = Forest.named("text.forest");

  private final Page page;
  private final List<Placed> placed;
  private final PageType.Guess guess;
  private final float[] traits;

  LearnedText(Page page) {
    this.page = page;
    this.placed = Stretches.of(page.body(), page.furniture(), page.withNoscript());
    this.traits = PageTraits.of(page, placed);
    this.guess = PageType.guess(traits);
  }

  /// @param dropped the text that is left out
  /// @param confidence 0 to 1
  record Chosen(Set<TextNode> dropped, double confidence) {}

  PageType type() {
    return guess.best();
  }

  /// What the page holds as the type that it seems to be.
  Chosen choose() {
    List<float[]> rows = new Features(page, placed, traits, guess).rows();
    double[] likely = rows.stream().mapToDouble(FOREST::probability).toArray();
    int[] sizes = placed.stream().mapToInt(one -> one.stretch().size()).toArray();
    BestShare best = BestShare.of(likely, sizes);
    Set<TextNode> dropped = new HashSet<>();
    for (int i = 0; i < likely.length; i++) {
      if (!best.kept()[i]) {
        dropped.addAll(placed.get(i).stretch().nodes());
      }
    }
    return new Chosen(dropped, best.expected());
  }
}
