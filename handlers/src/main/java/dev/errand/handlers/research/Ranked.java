package dev.errand.handlers.research;

import java.util.List;

/// For each question of the plan, in order, the passages most likely to answer it.
///
/// @param documents searched
/// @param passages searched
/// @param retrieval how, such as `bm25+minilm`
record Ranked(int documents, int passages, String retrieval, List<Passages> questions) {

  /// @param best the best first
  /// @param unknown words of the question that no document holds
  record Passages(List<Passage> best, List<String> unknown) {}

  /// @param textSha256 of the document's text when it was ranked
  /// @param relevance to the question beside the others, 1 for the best
  /// @param similarity of its meaning to the question's; 0 when embeddings were not compared
  record Passage(
      String location,
      String textSha256,
      int start,
      int end,
      double relevance,
      double similarity) {}
}
