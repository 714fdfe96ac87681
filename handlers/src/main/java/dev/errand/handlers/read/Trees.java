package dev.errand.handlers.read;

import java.util.List;

/// The learned trees: those that tell the type of a page, and those that choose its text.
///
/// Immutable.
public final class Trees {
  private static final Trees LEARNED =
      new Trees(Forest.named("page-type.forest"), Forest.named("text.forest"));

  private final Forest pageType;
  private final Forest text;

  private Trees(Forest pageType, Forest text) {
    this.pageType = pageType;
    this.text = text;
  }

  /// Those that the reader came with.
  static Trees learned() {
    return LEARNED;
  }

  /// @param pageType a tree a line, written as in the resources beside this class
  /// @param text a tree a line
  public static Trees of(List<String> pageType, List<String> text) {
    return new Trees(Forest.of(pageType), Forest.of(text));
  }

  Forest pageType() {
    return pageType;
  }

  Forest text() {
    return text;
  }
}
