package dev.errand.handlers.corpus;

import java.util.List;

/// The words of a text as the index knows them: lower case, stemmed, without articles and the like.
public final class Terms {
  static final PassageAnalyzer ANALYZER = new PassageAnalyzer();

  private Terms() {}

  /// In order, repeated ones as often as they occur. Thread-safe.
  public static List<String> of(String text) {
    return ANALYZER.terms(text, true);
  }

  /// The same without the parts of identifiers: `max_page_count` is one term.
  public static List<String> whole(String text) {
    return ANALYZER.terms(text, false);
  }
}
