package dev.errand.bench.reader;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// How often each word is in a text. A word is a run of letters, digits and underscores of any
/// script, in lower case: what `\w+` finds in Python.
///
/// @param total the words, repeated ones counted each time
record WordBag(Map<String, Integer> counts, int total) {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

  WordBag {
    counts = Map.copyOf(counts);
  }

  static WordBag of(String text) {
    Map<String, Integer> counts = new HashMap<>();
    words(text).forEach(word -> counts.merge(word, 1, Integer::sum));
    return new WordBag(counts, counts.values().stream().mapToInt(Integer::intValue).sum());
  }

  /// In reading order.
  static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }

  /// The harmonic mean of precision and recall of these words against `expected`, 0 to 1. Nothing
  /// found where nothing is expected is 1.
  double f1(WordBag expected) {
    int all = total + expected.total;
    return all == 0 ? 1 : 2.0 * common(expected) / all;
  }

  private int common(WordBag other) {
    return counts.entrySet().stream()
        .mapToInt(word -> Math.min(word.getValue(), other.counts.getOrDefault(word.getKey(), 0)))
        .sum();
  }
}
