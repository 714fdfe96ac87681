package dev.errand.handlers.read;

import java.util.Comparator;
import java.util.Optional;
import org.jsoup.nodes.Element;

/// The smallest element that still holds most of a page's own words.
final class Core {
  private static final double MOST = 0.7;

  private Core() {}

  static Element of(Page page) {
    int enough = (int) Math.ceil(page.words().below(page.body()).own() * MOST);
    Element core = page.body();
    Optional<Element> next = heaviestChild(core, page.words());
    while (next.isPresent() && page.words().below(next.get()).own() >= Math.max(enough, 1)) {
      core = next.get();
      next = heaviestChild(core, page.words());
    }
    return core;
  }

  private static Optional<Element> heaviestChild(Element parent, Weights words) {
    return parent.children().stream()
        .filter(Core::holdsBlocks)
        .max(Comparator.comparingInt(child -> words.below(child).own()));
  }

  /// A paragraph alone is not the text, even where it is most of it.
  private static boolean holdsBlocks(Element element) {
    return element.children().stream().anyMatch(child -> HtmlRole.of(child).isBlock());
  }
}
