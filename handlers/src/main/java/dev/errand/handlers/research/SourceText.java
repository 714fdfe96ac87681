package dev.errand.handlers.research;

/// The text of a fetched page, kept with the report because the page may change.
final class SourceText {
  private SourceText() {}

  static String name(Report.Source source) {
    return "source-%d.txt".formatted(source.number());
  }
}
