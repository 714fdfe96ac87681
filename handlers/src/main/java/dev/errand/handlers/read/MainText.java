package dev.errand.handlers.read;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;

/// A way to find the part of a page that a person came to read. Each suits some types of page.
interface MainText {

  /// Short and stable; becomes the document's strategy.
  String name();

  /// @return empty when this way finds nothing on the page
  Optional<Selection> select(Page page);

  /// @param roots what to write, in reading order, none inside another
  /// @param skipped what to leave out below the roots
  /// @param confidence 0 to 1, for a page with enough text
  record Selection(List<Element> roots, Predicate<Element> skipped, double confidence) {
    public Selection {
      roots = List.copyOf(roots);
    }
  }
}
