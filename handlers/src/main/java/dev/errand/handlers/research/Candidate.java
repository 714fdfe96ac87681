package dev.errand.handlers.research;

import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.read.Document.Kind;
import java.util.List;

/// A sentence that may answer, and what stands around it.
///
/// @param start offset of its first character in the document's text
/// @param end offset after its last character
/// @param headings above it, outermost first
/// @param label a line above it that names what follows, such as a question in a list of questions;
///   empty when there is none
/// @param intro the sentence that introduces the list it is in, empty outside lists
/// @param neighbours the sentences before and after it
record Candidate(
    StoredDocument document,
    int start,
    int end,
    Kind kind,
    List<String> headings,
    String label,
    String intro,
    String neighbours,
    int passage) {

  String text() {
    return document.text().substring(start, end);
  }

  /// What tells a reader where the sentence belongs.
  String setting() {
    var title = document.content().title();
    return (title == null ? "" : title + " ") + String.join(" ", headings) + " " + label + " " + intro;
  }
}
