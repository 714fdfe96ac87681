package dev.errand.handlers.research;

import java.util.List;

/// What a research task ends with.
public sealed interface ResearchResult {
  /// The result of a task that was asked for its plan only. `plan` can be given back as it is, or
  /// edited.
  record Planned(ResearchPlan plan, String planner, List<String> artifacts)
      implements ResearchResult {}

  /// The result of a task that made a report, with the names of its artifacts.
  ///
  /// @param answer the direct answer to the first question that has one, verbatim or, where a
  ///   language model wrote, in its words; empty when nothing was found
  /// @param unanswered the questions for which no answer was found
  /// @param verbatim quotes found again where the report says they are; all of `quotes`
  /// @param removed quotes that were not, and are not in the report
  /// @param retrieval how passages were found, such as `bm25+minilm`
  /// @param writer `extractive`, or `model` where a language model wrote at least one section
  /// @param warnings what went otherwise than it should have, for people
  record Published(
      String answer,
      List<String> answered,
      List<String> unanswered,
      int quotes,
      int verbatim,
      int removed,
      int sources,
      int documents,
      String retrieval,
      String writer,
      List<String> warnings,
      List<String> artifacts)
      implements ResearchResult {}
}
