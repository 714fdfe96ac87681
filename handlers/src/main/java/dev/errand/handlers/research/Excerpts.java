package dev.errand.handlers.research;

import dev.errand.handlers.corpus.StoredDocument;
import java.util.List;

/// Parts of documents, as a reader sees them.
final class Excerpts {
  private Excerpts() {}

  /// The text on one line, with single blanks.
  static String line(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /// The stretch after its document's title and the headings above it.
  static String inItsPlace(StoredDocument document, int start, int end) {
    var title = document.content().title();
    return "%s: %s: %s"
        .formatted(
            title == null ? "" : title,
            String.join(": ", headings(document, start)),
            line(document.text().substring(start, end)));
  }

  static List<String> headings(StoredDocument document, int at) {
    return document.content().blocks().stream()
        .filter(block -> block.end() > at)
        .findFirst()
        .map(block -> block.headings())
        .orElse(List.of());
  }
}
