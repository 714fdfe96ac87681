package dev.errand.handlers.read;

import dev.errand.handlers.read.Stretches.Placed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/// Decides stretch by stretch what belongs to the main text, by trees learned from pages of every
/// type.
final class LearnedText {
  private static final int SHORT = 100;
  private static final double UNSURE = 0.7;
  private static final double SURE = 0.9;
  private static final double CLEARLY = 0.6;
  private static final double HARDLY = 0.05;
  private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");

  private final DescribedPage described;
  private final Page page;
  private final Trees trees;
  private final List<Placed> placed;
  private final PageType.Guess guess;

  LearnedText(Page page, Trees trees) {
    this.described = DescribedPage.of(page);
    this.page = page;
    this.trees = trees;
    this.placed = described.placed();
    this.guess = described.guess(trees);
  }

  /// @param dropped the text that is left out
  /// @param confidence 0 to 1
  record Chosen(Set<TextNode> dropped, double confidence) {}

  PageType type() {
    return PageType.declared(page.metadata()).orElseGet(guess::best);
  }

  /// Whether so little is there that nothing was learned from pages like it.
  boolean isShort() {
    return placed.stream().mapToInt(one -> one.stretch().size()).sum() < SHORT;
  }

  /// What the page holds as the type that it seems to be; of a short one all but the boilerplate.
  Chosen choose() {
    if (isShort()) {
      return withoutBoilerplate(page.body(), UNSURE);
    }
    return isManual() ? withoutBoilerplate(Core.of(page), SURE) : likely();
  }

  /// In a manual "See also" and "Contents" are text like any other: all of its core is kept.
  private boolean isManual() {
    return type() == PageType.DOCUMENTATION
        && (PageType.declared(page.metadata()).isPresent()
            || guess.shareOf(PageType.DOCUMENTATION) > CLEARLY);
  }

  /// What is kept keeps its headings and its code: without them it could not be understood.
  private void keepTogether(boolean[] kept, double[] likely) {
    boolean below = false;
    for (int i = kept.length - 1; i >= 0; i--) {
      boolean next = i + 1 < kept.length && kept[i + 1];
      String tag = placed.get(i).stretch().owner().normalName();
      boolean heads = (next && HEADINGS.contains(tag)) || (below && tag.equals("h1"));
      kept[i] |= heads && likely[i] >= HARDLY;
      below |= kept[i];
    }
    for (int i = 1; i < kept.length; i++) {
      boolean code = placed.get(i).stretch().owner().normalName().equals("pre");
      kept[i] |= code && kept[i - 1];
    }
  }

  private Chosen withoutBoilerplate(Element core, double confidence) {
    Set<TextNode> dropped = new HashSet<>();
    for (Placed one : placed) {
      if (PageTraits.has(one.place(), PlaceMark.BOILERPLATE) || !one.place().isIn(core)) {
        dropped.addAll(one.stretch().nodes());
      }
    }
    return new Chosen(dropped, confidence);
  }

  private Chosen likely() {
    double[] likely = described.features(guess).likely(trees.text());
    int[] sizes = placed.stream().mapToInt(one -> one.stretch().size()).toArray();
    ExpectedF1 best = ExpectedF1.of(likely, sizes);
    keepTogether(best.kept(), likely);
    Set<TextNode> dropped = new HashSet<>();
    for (int i = 0; i < likely.length; i++) {
      if (!best.kept()[i]) {
        dropped.addAll(placed.get(i).stretch().nodes());
      }
    }
    return new Chosen(dropped, best.expected());
  }
}
