package dev.errand.handlers.research;

/// What part a language model had in a piece of the work.
public enum ModelPart {
  /// It was not asked.
  NONE,
  /// It was asked, and nothing that it said is in the report.
  UNUSED,
  USED
}
