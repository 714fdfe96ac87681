package dev.errand.handlers.corpus;

import java.util.List;

/// The words of a text as index terms: in lower case, stemmed, without stop words. Thread-safe.
public final class Terms {
  static final PassageAnalyzer ANALYZER = new PassageAnalyzer();

  private Terms() {}

  /// In order, repeated ones as often as they occur.
  public static List<String> of(String text) {
    return ANALYZER.terms(text, true);
  }

  /// The same, with each identifier as one term: `max_page_count` without its parts.
  public static List<String> whole(String text) {
    return ANALYZER.terms(text, false);
  }
}
