package dev.errand.handlers.research;

import dev.errand.handlers.research.Report.Claim;
import dev.errand.handlers.research.Report.Section;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;

/// A section with no more quotes than its depth shows.
final class Trimmed {
  private Trimmed() {}

  /// The direct answer and the best of the others, in the order they had.
  static Section toBest(Section section, Depth depth) {
    if (section.claims().size() <= depth.statements()) {
      return section;
    }
    var best = new HashSet<Claim>();
    best.add(section.claims().getFirst());
    section.claims().stream()
        .skip(1)
        .sorted(Comparator.comparingDouble((Claim claim) -> -claim.score()))
        .limit(depth.statements() - 1L)
        .forEach(best::add);
    var claims = section.claims().stream().filter(best::contains).toList();
    return new Section(
        section.question(),
        section.type(),
        section.support(),
        claims,
        section.unknown(),
        section.disagreements(),
        Figures.of(section.type(), claims),
        Optional.empty());
  }
}
