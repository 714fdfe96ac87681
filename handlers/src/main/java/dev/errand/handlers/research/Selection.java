package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Terms;
import dev.errand.handlers.research.Scorer.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// Selects among ranked sentences: the best ones, without saying the same twice.
final class Selection {
  /// Sentences that score less than the best by more than this are not shown.
  static final double BEHIND = 2.6;

  /// A neighbour of the best sentence that scores so little less is part of the answer.
  private static final double NEARLY_AS_GOOD = 1;

  /// From this share of common terms two sentences say the same.
  private static final double SAME = 0.7;

  private final List<Chosen> chosen = new ArrayList<>();

  private record Chosen(Scored scored, Set<String> terms, Set<String> numbers, List<Scored> also) {}

  private Selection() {}

  /// @param least support of a quotation
  /// @param most quotations
  static Selection of(List<Scored> scored, double least, int most) {
    var selection = new Selection();
    for (var one : scored) {
      if (one.score() < scored.getFirst().score() - BEHIND) {
        break;
      }
      if (one.support() >= least) {
        selection.take(one, most);
      }
    }
    return selection;
  }

  private void take(Scored one, int most) {
    var terms = Set.copyOf(Terms.of(one.candidate().text()));
    var numbers = Disagreements.numbersIn(one.candidate().text());
    for (var other : chosen) {
      if (numbers.equals(other.numbers()) && likeness(terms, other.terms()) >= SAME) {
        if (isElsewhere(one, other)) {
          other.also().add(one);
        }
        return;
      }
    }
    if (chosen.size() < most) {
      chosen.add(new Chosen(one, terms, numbers, new ArrayList<>()));
    }
  }

  private static boolean isElsewhere(Scored one, Chosen other) {
    var location = one.candidate().document().location();
    return !location.equals(other.scored().candidate().document().location())
        && other.also().stream()
            .noneMatch(also -> also.candidate().document().location().equals(location));
  }

  /// The share of terms that both have among those that either has.
  static double likeness(Set<String> one, Set<String> other) {
    var common = new HashSet<>(one);
    common.retainAll(other);
    int all = one.size() + other.size() - common.size();
    return all == 0 ? 1 : (double) common.size() / all;
  }

  /// The best quotation first, with neighbours that are nearly as good; then document by document,
  /// in the order of their best quotations, and within a document from front to back, neighbours
  /// together.
  List<Quotation> inReadingOrder() {
    if (chosen.isEmpty()) {
      return List.of();
    }
    var best = Quotation.of(chosen.getFirst().scored(), chosen.getFirst().also());
    var byDocument = new LinkedHashMap<String, List<Quotation>>();
    for (var one : chosen.subList(1, chosen.size())) {
      var quotation = Quotation.of(one.scored(), one.also());
      if (quotation.overlaps(best) || isOfOnePiece(best, quotation)) {
        best = best.with(quotation);
      } else {
        byDocument
            .computeIfAbsent(quotation.document().location(), _ -> new ArrayList<>())
            .add(quotation);
      }
    }
    var ordered = new ArrayList<Quotation>();
    ordered.add(best);
    byDocument.values().forEach(quotations -> ordered.addAll(joined(quotations)));
    return ordered;
  }

  /// Neighbours that answer about equally well.
  private static boolean isOfOnePiece(Quotation best, Quotation other) {
    return best.score() - other.score() <= NEARLY_AS_GOOD
        && (best.goesOnWith(other) || other.goesOnWith(best));
  }

  private static List<Quotation> joined(List<Quotation> quotations) {
    var joined = new ArrayList<Quotation>();
    quotations.stream()
        .sorted(Comparator.comparingInt(quotation -> quotation.span().start()))
        .forEach(next -> {
          if (!joined.isEmpty() && joined.getLast().goesOnWith(next)) {
            joined.add(joined.removeLast().with(next));
          } else {
            joined.add(next);
          }
        });
    return joined;
  }
}
