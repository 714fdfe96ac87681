package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Sentences.Span;
import dev.errand.handlers.corpus.StoredDocument;
import java.util.List;
import java.util.Optional;

/// A sentence that may answer a question, with its surroundings.
///
/// @param headings above it, outermost first
/// @param label a line above it that names what follows, such as a question in a list of questions;
///   empty when there is none
/// @param intro the sentence that introduces the list it is in, empty outside lists
/// @param before the sentence before it in its paragraph
/// @param after the sentence after it in its paragraph
/// @param introduced the list items or the code that it introduces
record Candidate(
    StoredDocument document,
    Ranked.Passage passage,
    Span span,
    List<String> headings,
    String label,
    String intro,
    Optional<Span> before,
    Optional<Span> after,
    List<Span> introduced) {

  String text() {
    return span.of(document.text());
  }

  /// The title, headings, label and introduction above the sentence.
  String setting() {
    var title = document.content().title();
    return String.join(" ", title == null ? "" : title, String.join(" ", headings), label, intro);
  }

  /// The names above the sentence that say what it is about.
  List<String> topics() {
    var title = document.content().title();
    return List.of(title == null ? "" : title, headings.isEmpty() ? "" : headings.getLast(), label);
  }

  String neighbours() {
    return before.map(span -> span.of(document.text())).orElse("")
        + " "
        + after.map(span -> span.of(document.text())).orElse("");
  }
}
