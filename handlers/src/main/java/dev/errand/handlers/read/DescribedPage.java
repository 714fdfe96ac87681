package dev.errand.handlers.read;

import dev.errand.handlers.read.Stretches.Placed;
import java.util.List;
import java.util.stream.Stream;

/// A page in the numbers by which the reader's trees decide, and from which they are learned.
public final class DescribedPage {
  private final Page page;
  private final List<Placed> placed;
  private final float[] traits;

  private DescribedPage(Page page) {
    this.page = page;
    this.placed = Stretches.of(page.body(), page.boilerplate(), page.withNoscript());
    this.traits = PageTraits.of(page, placed);
  }

  /// @param html in UTF-8, unless it says otherwise itself
  public static DescribedPage of(byte[] html) {
    return new DescribedPage(HtmlReader.page(Decoder.decode(html, "text/html; charset=utf-8"), ""));
  }

  static DescribedPage of(Page page) {
    return new DescribedPage(page);
  }

  /// The stretches of the page with their places, in reading order.
  List<Placed> placed() {
    return placed;
  }

  /// The type that the trees take the page for.
  PageType.Guess guess(Trees trees) {
    return PageType.guess(traits, trees.pageType());
  }

  /// How each stretch is described on a page of that type.
  Features features(PageType.Guess guess) {
    return new Features(page, placed, traits, guess);
  }

  /// The text of each stretch, in reading order.
  public List<String> stretches() {
    return placed.stream().map(one -> one.stretch().text()).toList();
  }

  /// The page as a whole.
  public float[] traits() {
    return traits.clone();
  }

  /// Each stretch, on a page of the type that the trees take it for.
  public List<float[]> rows(Trees trees) {
    return features(guess(trees)).rows();
  }

  /// The types of pages, in the order in which trees count them.
  public static List<String> types() {
    return Stream.of(PageType.values()).map(PageType::word).toList();
  }
}
