package dev.errand.handlers.research;

/// Who writes a report's sections.
public enum WriterKind {
  /// Nobody: every sentence is a quote.
  EXTRACTIVE,
  /// The installation's language model, over the quotes.
  MODEL
}
