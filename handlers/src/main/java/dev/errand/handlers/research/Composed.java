package dev.errand.handlers.research;

import dev.errand.handlers.research.Report.Cost;
import java.util.List;
import java.util.Optional;

/// A section after the model was asked to write it.
///
/// @param section with the sentences of the model that the quotes support, or with quotes alone
/// @param followUps questions that the model suggests
/// @param judged every sentence of its answers, with its fate
/// @param warning why the model did not write the section; absent when it did
record Composed(
    Report.Section section,
    List<String> followUps,
    List<Judged> judged,
    List<Cost> costs,
    Optional<String> warning) {

  /// A section without evidence: the model is not asked.
  static Composed unanswered(Report.Section section) {
    return new Composed(section, List.of(), List.of(), List.of(), Optional.empty());
  }

  /// @param round 1 for the first answer, 2 for the corrected one
  /// @param evidence ids as the model gave them
  /// @param fate kept, flagged or removed
  /// @param reason of what was not simply kept
  record Judged(
      int round,
      String text,
      List<String> evidence,
      double support,
      Fate fate,
      Optional<String> reason) {}

  enum Fate {
    KEPT,
    FLAGGED,
    REMOVED
  }
}
