package dev.errand.handlers.research;

import dev.errand.handlers.research.Report.Claim;
import dev.errand.handlers.research.Report.Figure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Collects the numbers or dates in the claims on a question that asks for one.
final class Figures {
  private static final int MOST = 8;

  private Figures() {}

  /// Each once, in the order of the claims; none when there is only one, which the answer shows.
  static List<Figure> of(AnswerType type, List<Claim> claims) {
    var figures = new ArrayList<Figure>();
    var seen = new HashSet<String>();
    for (var claim : claims) {
      for (var evidence : claim.evidence()) {
        for (String figure : AnswerShape.figures(type, evidence.quote())) {
          if (figures.size() < MOST && seen.add(figure)) {
            figures.add(new Figure(figure, evidence.source(), claim.id()));
          }
        }
      }
    }
    return figures.size() < 2 ? List.of() : figures;
  }
}
