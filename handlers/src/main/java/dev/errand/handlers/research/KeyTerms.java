package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Terms;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a question is about, without the words that only make it a question.
final class KeyTerms {
  private static final Set<String> ASKING =
      Set.of(
          """
          a about after all also am an and any are as at be been being but by can cannot could did
          difference differences do does doing done each either else ever every exactly explain
          describe find for from get gets give had happen happens has have he her here him his how i
          if in into is it its itself just know let like list made make makes many may me mean means
          might more most much must my name need no not of on once one or our out please possible
          put reason research same several shall she should show so some such summarise summarize
          sort sorts kind kinds take takes tell than that the their them then there these they thing
          things this those to type types under until up us use used uses using want was way ways we
          well were what when where whether which while who whom whose why will with would you your
          """
              .split("\\s+"));

  private static final Map<String, String> MEASURED =
      Map.ofEntries(
          Map.entry("large", "size maximum limit large"),
          Map.entry("big", "size maximum limit large"),
          Map.entry("many", "number maximum limit count"),
          Map.entry("much", "amount number percent"),
          Map.entry("small", "size less smaller small"),
          Map.entry("long", "length duration time second"),
          Map.entry("short", "length duration time second"),
          Map.entry("deep", "depth level"),
          Map.entry("old", "age year"),
          Map.entry("often", "every interval period"),
          Map.entry("fast", "faster speed performance"),
          Map.entry("high", "height maximum limit"),
          Map.entry("tall", "height"),
          Map.entry("far", "distance"),
          Map.entry("wide", "width"),
          Map.entry("heavy", "weight"));

  private static final Pattern MEASURE = Pattern.compile("(?i)\\bhow (\\w+)");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_.'’+#-]*");

  private KeyTerms() {}

  /// In order of appearance, each once.
  static List<String> of(String text) {
    var terms = new LinkedHashSet<String>();
    words(text).forEach(word -> terms.addAll(Terms.whole(word)));
    return List.copyOf(terms);
  }

  /// Neighbouring terms, joined by a blank.
  static List<String> pairs(String text) {
    var pairs = new LinkedHashSet<String>();
    var terms = words(text).stream().flatMap(word -> Terms.whole(word).stream()).toList();
    for (int i = 1; i < terms.size(); i++) {
      if (!terms.get(i - 1).equals(terms.get(i))) {
        pairs.add(terms.get(i - 1) + " " + terms.get(i));
      }
    }
    return List.copyOf(pairs);
  }

  /// The word of `text` that `term` comes from.
  static String wordFor(String term, String text) {
    return words(text).stream()
        .filter(word -> Terms.whole(word).contains(term))
        .findFirst()
        .orElse(term);
  }

  /// Terms that answers to such a question often hold, although the question does not.
  static List<String> hints(String text, AnswerType type) {
    var measured = MEASURED.get(measure(text));
    return measured == null ? hints(type) : Terms.of(measured);
  }

  private static List<String> hints(AnswerType type) {
    return switch (type) {
      case REASON -> Terms.of("because reason cause due");
      case METHOD -> Terms.of("use call set command");
      case QUANTITY -> Terms.of("maximum limit number");
      case DATE, CONDITION, PERSON, PLACE, EXPLANATION, DEFINITION, COMPARISON, LIST, YES_NO, ANY ->
          List.of();
    };
  }

  private static List<String> words(String text) {
    var measure = measure(text);
    return WORD.matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(word -> !ASKING.contains(word.toLowerCase(Locale.ROOT)))
        .filter(word -> !word.equalsIgnoreCase(measure))
        .toList();
  }

  /// The word after "how" when it asks for a measure, such as `large`; empty otherwise.
  private static String measure(String text) {
    return MEASURE
        .matcher(text)
        .results()
        .map(match -> match.group(1).toLowerCase(Locale.ROOT))
        .filter(MEASURED::containsKey)
        .findFirst()
        .orElse("");
  }
}
