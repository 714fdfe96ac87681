package dev.errand.handlers.research;

import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.corpus.Sentences.Span;
import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.research.Report.Claim;
import dev.errand.handlers.research.Report.Evidence;
import dev.errand.handlers.research.Report.Form;
import dev.errand.handlers.research.Report.Section;
import dev.errand.handlers.research.Scorer.Scored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes one question's section by quoting: the sentences that answer it best, word for word.
final class Writer {
  private final Library library;
  private final Embeddings embeddings;
  private final SourceList sources;
  private final int statements;

  /// @param statements for one question, at most
  Writer(Library library, Embeddings embeddings, SourceList sources, int statements) {
    this.library = library;
    this.embeddings = embeddings;
    this.sources = sources;
    this.statements = statements;
  }

  /// @param number of the section, from 1
  Section write(int number, Question question, Ranked.Passages passages)
      throws IOException, InterruptedException {
    var scorer = Scorer.of(question, library, embeddings);
    var scored = scorer.score(candidates(passages));
    if (scored.isEmpty() || !scorer.answers(scored.getFirst())) {
      double support = scored.isEmpty() ? 0 : scored.getFirst().support();
      return new Section(
          question.text(),
          question.type(),
          support,
          List.of(),
          passages.unknown(),
          List.of(),
          List.of(),
          Optional.empty());
    }
    var selection = Selection.of(scored, scorer.floor(), statements);
    var claims = new ArrayList<Claim>();
    for (var quotation : selection.inReadingOrder()) {
      claims.add(claim("%d.%d".formatted(number, claims.size() + 1), quotation));
    }
    return new Section(
        question.text(),
        question.type(),
        scored.getFirst().support(),
        claims,
        passages.unknown(),
        disagreements(scored),
        Figures.of(question.type(), question.text(), claims),
        Optional.empty());
  }

  /// None from documents that changed since they were ranked.
  private List<Candidate> candidates(Ranked.Passages passages) throws IOException {
    var candidates = new ArrayList<Candidate>();
    for (var passage : passages.best()) {
      library
          .document(passage.location())
          .filter(document -> document.textSha256().equals(passage.textSha256()))
          .ifPresent(document -> candidates.addAll(Candidates.in(document, passage)));
    }
    return candidates;
  }

  private Claim claim(String id, Quotation quotation) {
    var document = quotation.document();
    var evidence = new ArrayList<Evidence>();
    evidence.add(evidence(document, quotation.span(), Form.SENTENCE));
    for (Span span : quotation.introduced()) {
      evidence.add(evidence(document, span, quotation.form(span)));
    }
    var also = new ArrayList<Evidence>();
    for (Scored same : quotation.also()) {
      also.add(evidence(same.candidate().document(), same.candidate().span(), Form.SENTENCE));
    }
    return new Claim(id, quotation.score(), quotation.headings(), evidence, also);
  }

  private List<Report.Disagreement> disagreements(List<Scored> scored) {
    return Disagreements.among(scored).stream()
        .map(group ->
            new Report.Disagreement(
                group.stream()
                    .map(one -> evidence(one.document(), one.span(), Form.SENTENCE))
                    .toList()))
        .toList();
  }

  private Evidence evidence(StoredDocument document, Span span, Form form) {
    var quote = span.of(document.text());
    return new Evidence(
        sources.numberOf(document), span.start(), span.end(), Sha256.hex(quote), form, quote);
  }
}
