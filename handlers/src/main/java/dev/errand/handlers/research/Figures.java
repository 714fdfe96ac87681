package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Terms;
import dev.errand.handlers.research.Report.Claim;
import dev.errand.handlers.research.Report.Evidence;
import dev.errand.handlers.research.Report.Figure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects the numbers or dates in the claims on a question that asks for one, as far as they are
/// about its subject.
final class Figures {
  private static final int MOST = 8;

  private Figures() {}

  /// Each once, in the order of the claims; none when there is only one, which the answer shows.
  static List<Figure> of(AnswerType type, String question, List<Claim> claims) {
    var terms = KeyTerms.of(question);
    var figures = new ArrayList<Figure>();
    var seen = new HashSet<String>();
    for (var claim : claims) {
      for (var evidence : onSubject(claim, terms)) {
        for (String figure : AnswerShape.figures(type, evidence.quote())) {
          if (figures.size() < MOST && seen.add(figure)) {
            figures.add(new Figure(figure, evidence.source(), claim.id()));
          }
        }
      }
    }
    return figures.size() < 2 ? List.of() : figures;
  }

  /// The quotes that hold, with the headings above them, at least half of the question's terms.
  private static List<Evidence> onSubject(Claim claim, List<String> terms) {
    var above = String.join(" ", claim.headings());
    return claim.evidence().stream()
        .filter(evidence -> {
          var there = Set.copyOf(Terms.of(above + " " + evidence.quote()));
          return 2 * terms.stream().filter(there::contains).count() >= terms.size();
        })
        .toList();
  }
}
