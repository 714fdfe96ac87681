package dev.errand.handlers.research;

import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.corpus.Library;
import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.research.Report.Claim;
import dev.errand.handlers.research.Report.Disagreement;
import dev.errand.handlers.research.Report.Evidence;
import dev.errand.handlers.research.Report.Section;
import dev.errand.handlers.research.Report.Source;
import dev.errand.handlers.research.Report.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Opens the stored texts again and checks that every quote of a draft is where the draft says,
/// character for character. A quote that is not is removed.
final class QuoteCheck {
  private final Map<Integer, String> texts = new HashMap<>();

  private QuoteCheck() {}

  /// @param quotes all that are left, each of them verbatim
  /// @param removed quotes that were not where the draft said, and those that belonged to them
  record Checked(List<Section> sections, int quotes, int removed) {}

  static Checked check(Draft draft, Library library) throws IOException {
    var check = new QuoteCheck();
    for (Source source : draft.sources()) {
      Optional<StoredDocument> document = library.document(source.location());
      document
          .map(StoredDocument::text)
          .filter(text -> Sha256.hex(text).equals(source.textSha256()))
          .ifPresent(text -> check.texts.put(source.number(), text));
    }
    var sections = draft.sections().stream().map(check::section).toList();
    int quotes = count(sections);
    return new Checked(sections, quotes, count(draft.sections()) - quotes);
  }

  /// Whether the quote stands in the text where the evidence says.
  static boolean isVerbatim(Evidence evidence, String text) {
    return evidence.start() >= 0
        && evidence.start() < evidence.end()
        && evidence.end() <= text.length()
        && text.substring(evidence.start(), evidence.end()).equals(evidence.quote())
        && Sha256.hex(evidence.quote()).equals(evidence.sha256());
  }

  private Section section(Section section) {
    var claims = new ArrayList<Claim>();
    for (var claim : section.claims()) {
      var evidence = verbatim(claim.evidence());
      var also = verbatim(claim.also());
      if (evidence.contains(claim.first())) {
        claims.add(new Claim(claim.id(), claim.score(), claim.headings(), evidence, also));
      }
    }
    var disagreements =
        section.disagreements().stream()
            .map(one -> new Disagreement(verbatim(one.statements())))
            .filter(one -> one.statements().size() > 1)
            .toList();
    return new Section(
        section.question(),
        section.type(),
        section.support(),
        claims,
        section.unknown(),
        disagreements,
        Figures.of(section.type(), section.question(), claims),
        written(section, claims));
  }

  /// A statement is removed with any of the claims that it cites.
  private static Optional<Written> written(Section section, List<Claim> claims) {
    var ids = claims.stream().map(Claim::id).toList();
    return section
        .written()
        .map(written ->
            new Written(
                written.model(),
                written.statements().stream()
                    .filter(statement -> ids.containsAll(statement.evidence()))
                    .toList()))
        .filter(written -> !written.statements().isEmpty());
  }

  private List<Evidence> verbatim(List<Evidence> evidence) {
    return evidence.stream()
        .filter(one -> {
          String text = texts.get(one.source());
          return text != null && isVerbatim(one, text);
        })
        .toList();
  }

  private static int count(List<Section> sections) {
    return sections.stream().mapToInt(section -> section.quotes().size()).sum();
  }
}
