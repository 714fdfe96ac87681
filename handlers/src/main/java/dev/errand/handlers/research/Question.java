package dev.errand.handlers.research;

import java.util.List;

/// One question of the prompt.
///
/// @param text as asked
/// @param terms what an answer speaks of, as index terms
/// @param pairs terms that stand side by side in the question, joined by a blank
/// @param hints terms that answers to such questions often hold, such as `limit` for "how many"
/// @param context terms from around the question, for one that says "it"
record Question(
    String text,
    AnswerType type,
    List<String> terms,
    List<String> pairs,
    List<String> hints,
    List<String> context) {

  Question {
    terms = List.copyOf(terms);
    pairs = List.copyOf(pairs);
    hints = List.copyOf(hints);
    context = List.copyOf(context);
  }

  /// The same, asked of something that only an earlier question names.
  Question about(List<String> subject) {
    return new Question(text, type, subject, pairs, hints, List.of());
  }
}
