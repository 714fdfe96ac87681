package dev.errand.handlers.read;

import dev.errand.handlers.read.Stretches.Placed;
import java.util.List;
import java.util.stream.Stream;

/// A page in the numbers that the reader's trees go by: what they are learned from.
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
    return new Features(page, placed, traits, PageType.guess(traits, trees.pageType())).rows();
  }

  /// The types of pages, in the order in which trees count them.
  public static List<String> types() {
    return Stream.of(PageType.values()).map(PageType::word).toList();
  }
}
