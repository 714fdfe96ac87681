package dev.errand.handlers.research;

/// What a report is laid out for.
public enum ReportType {
  /// Few quotes for each question.
  BRIEF,
  /// More of them, with figures and contradictions.
  DETAILED,
  /// The sources, the best first, each with why it is one.
  RESOURCE_LIST,
  /// Questions and answers, one paragraph each.
  QA
}
