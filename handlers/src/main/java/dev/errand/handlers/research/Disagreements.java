package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Terms;
import dev.errand.handlers.research.Scorer.Scored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds sentences of different documents that say nearly the same with different numbers.
final class Disagreements {
  private static final int LOOKED_AT = 25;

  /// From this share of common words, numbers aside, two sentences have the same subject.
  private static final double SAME_SUBJECT = 0.6;

  private static final int FEWEST_WORDS = 4;
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])\\d[\\d,]*(?:\\.\\d+)*(?![\\w])");

  private Disagreements() {}

  private record Told(Candidate candidate, Set<String> words, Set<String> numbers) {
    static Told of(Candidate candidate) {
      var words = new HashSet<>(Terms.of(NUMBER.matcher(candidate.text()).replaceAll(" ")));
      return new Told(candidate, words, numbersIn(candidate.text()));
    }

    boolean contradicts(Told other) {
      return !candidate.document().location().equals(other.candidate.document().location())
          && words.size() >= FEWEST_WORDS
          && numbers.size() == other.numbers.size()
          && !numbers.equals(other.numbers)
          && Selection.likeness(words, other.words) >= SAME_SUBJECT;
    }
  }

  static Set<String> numbersIn(String text) {
    return NUMBER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /// Groups of two or more, each sentence in one group at most.
  static List<List<Candidate>> among(List<Scored> scored) {
    var told =
        scored.stream()
            .limit(LOOKED_AT)
            .filter(one -> one.score() >= scored.getFirst().score() - Selection.BEHIND)
            .map(one -> Told.of(one.candidate()))
            .filter(one -> !one.numbers().isEmpty())
            .toList();
    var groups = new ArrayList<List<Candidate>>();
    var taken = new HashSet<Told>();
    for (var one : told) {
      var others =
          told.stream().filter(other -> !taken.contains(other) && one.contradicts(other)).toList();
      if (!others.isEmpty() && taken.add(one)) {
        taken.addAll(others);
        var group = new ArrayList<Candidate>();
        group.add(one.candidate());
        others.forEach(other -> group.add(other.candidate()));
        groups.add(group);
      }
    }
    return groups;
  }
}
