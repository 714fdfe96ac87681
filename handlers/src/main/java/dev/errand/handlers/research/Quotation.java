package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Sentences.Span;
import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.read.Document.Kind;
import dev.errand.handlers.research.Report.Form;
import dev.errand.handlers.research.Scorer.Scored;
import java.util.ArrayList;
import java.util.List;

/// A stretch of a document, selected to be quoted.
///
/// @param also sentences elsewhere that say nearly the same
record Quotation(
    StoredDocument document,
    Span span,
    double score,
    List<String> headings,
    List<Span> introduced,
    List<Scored> also) {
  private static final int LONGEST = 600;

  /// The sentence, together with the one before it when it depends on that.
  static Quotation of(Scored scored, List<Scored> also) {
    var candidate = scored.candidate();
    var span = candidate.span();
    if (candidate.before().isPresent() && SentenceForm.hangs(candidate.text())) {
      var whole = new Span(candidate.before().get().start(), span.end());
      span = whole.end() - whole.start() <= LONGEST ? whole : span;
    }
    var headings = new ArrayList<>(candidate.headings());
    if (!candidate.label().isEmpty()) {
      headings.add(candidate.label());
    }
    return new Quotation(
        candidate.document(), span, scored.score(), headings, candidate.introduced(), also);
  }

  boolean overlaps(Quotation other) {
    return document.location().equals(other.document.location())
        && span.start() < other.span.end()
        && other.span.start() < span.end();
  }

  /// Whether `next` goes on where this one ends, with nothing but blanks of one line between.
  boolean goesOnWith(Quotation next) {
    return document.location().equals(next.document.location())
        && introduced.isEmpty()
        && span.start() <= next.span.start()
        && next.span.end() - span.start() <= LONGEST
        && (next.span.start() <= span.end() || isBlank(span.end(), next.span.start()));
  }

  private boolean isBlank(int from, int to) {
    var between = document.text().substring(from, to);
    return between.isBlank() && !between.contains("\n\n");
  }

  /// Both as one stretch, which introduces what its end introduces.
  Quotation with(Quotation next) {
    var both = new ArrayList<>(also);
    both.addAll(next.also);
    return new Quotation(
        document,
        new Span(Math.min(span.start(), next.span.start()), Math.max(span.end(), next.span.end())),
        Math.max(score, next.score),
        headings,
        next.span.end() > span.end() ? next.introduced : introduced,
        both);
  }

  Form form(Span part) {
    return document.content().blocks().stream()
            .filter(block -> block.start() <= part.start() && part.end() <= block.end())
            .anyMatch(block -> block.kind() == Kind.CODE)
        ? Form.CODE
        : Form.LIST_ITEM;
  }
}
