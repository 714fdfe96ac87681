package dev.errand.handlers.research;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes search queries from questions, by rules.
final class Queries {
  private static final Pattern END = Pattern.compile("[?!.\\s]+$");
  private static final Pattern WORD = Pattern.compile("[\\p{L}][\\p{L}\\p{N}_-]{3,}");
  private static final int MOST_FEEDBACK = 4;

  private Queries() {}

  /// The queries to begin with: the question as asked, then its key words.
  static List<String> first(Question question, int most) {
    var queries = new LinkedHashSet<String>();
    var about = question.context().stream().limit(MOST_FEEDBACK).toList();
    queries.add(
        WebSearch.fitted(
            END.matcher(question.text()).replaceAll("") + " " + String.join(" ", about)));
    queries.add(WebSearch.fitted(keyWords(question) + " " + String.join(" ", about)));
    if (!question.hints().isEmpty()) {
      queries.add(WebSearch.fitted(keyWords(question) + " " + question.hints().getFirst()));
    }
    return queries.stream().filter(WebSearch::takes).limit(most).toList();
  }

  /// The queries to go on with, when the earlier ones found no answer: the key words, each time
  /// with a frequent word of the hits so far.
  static List<String> further(Question question, List<WebSearch.Hit> hits, int most) {
    var queries = new LinkedHashSet<String>();
    var words = keyWords(question);
    for (String word : feedback(question, hits)) {
      queries.add(WebSearch.fitted(words + " " + word));
    }
    for (String hint : question.hints()) {
      queries.add(WebSearch.fitted(words + " " + hint));
    }
    return queries.stream().filter(WebSearch::takes).limit(most).toList();
  }

  /// The words of the question that its terms come from.
  private static String keyWords(Question question) {
    return String.join(
        " ",
        question.terms().stream()
            .map(term -> KeyTerms.wordFor(term, question.text()))
            .distinct()
            .toList());
  }

  /// Words that the titles of the hits have most often and the question does not have.
  private static List<String> feedback(Question question, List<WebSearch.Hit> hits) {
    var counts = new TreeMap<String, Integer>();
    var known = Set.copyOf(question.terms());
    for (var hit : hits) {
      var seen = new LinkedHashSet<String>();
      WORD.matcher(hit.title())
          .results()
          .map(match -> match.group().toLowerCase(Locale.ROOT))
          .filter(word -> KeyTerms.of(word).stream().anyMatch(term -> !known.contains(term)))
          .forEach(seen::add);
      seen.forEach(word -> counts.merge(word, 1, Integer::sum));
    }
    var words = new ArrayList<>(counts.keySet());
    words.sort(
        Comparator.comparingInt((String word) -> -counts.getOrDefault(word, 0))
            .thenComparing(Comparator.naturalOrder()));
    return words.stream().limit(MOST_FEEDBACK).toList();
  }
}
