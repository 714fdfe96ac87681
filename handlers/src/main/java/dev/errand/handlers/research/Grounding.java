package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Terms;
import dev.errand.handlers.research.Report.Claim;
import dev.errand.handlers.research.Report.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks a sentence that a model wrote against the evidence it cites: its numbers, dates, names
/// and addresses must be there, and most of its words, in the same order (ROUGE-L recall, Lin,
/// 2004).
///
/// Negations are checked too, because a "not" reverses a sentence and changes no other word.
final class Grounding {
  /// From this share of its words, found in the evidence in the same order (ROUGE-L recall), a
  /// sentence is supported; below the other it is not.
  private static final double SUPPORTED = 0.5;

  private static final double WEAK = 0.3;

  /// How near in meaning a sentence with fewer words of the evidence must be.
  private static final double NEAR = 0.75;

  private static final double RATHER_NEAR = 0.6;

  private static final Pattern DENIAL =
      Pattern.compile(
          "(?i)\\b(?:not|no|never|none|cannot|neither|nor|without|unable|impossible)\\b|n['’]t\\b");
  private static final Pattern ADDRESS = Pattern.compile("(?i)\\b(?:https?://|www\\.)\\S+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_'’.-]*");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?:]\\s*$");

  /// Words that begin sentences without naming anything.
  private static final Set<String> OPENERS =
      Set.of(
          """
          according additionally after all although among another as at because before both by compared
          conversely despite different during each either even every few finally first for from further
          furthermore generally hence however if in instead it its later like likewise many moreover most
          neither nevertheless next no none not often on once one only other others otherwise overall
          rather second several similarly since so some sometimes source sources still such that the then
          there these they this those though thus to together typically under unless unlike until usually
          when where whereas whether which while with within without yes you
          """
              .split("\\s+"));

  private final Embeddings embeddings;

  Grounding(Embeddings embeddings) {
    this.embeddings = embeddings;
  }

  /// The judgement of a sentence.
  ///
  /// @param support 0 to 1: the share of its words that the evidence has in the same order
  /// @param fault why it is removed; absent when it stays
  /// @param doubt why a reader should look twice, absent when there is no reason
  record Verdict(double support, Optional<String> fault, Optional<String> doubt) {}

  /// @param cited the claims that the sentence cites, one or more
  /// @param titles of the documents they are from
  Verdict judge(String sentence, List<Claim> cited, List<String> titles)
      throws InterruptedException {
    var quotes = new ArrayList<String>();
    var around = new ArrayList<>(titles);
    for (var claim : cited) {
      claim.evidence().stream().map(Evidence::quote).forEach(quotes::add);
      claim.also().stream().map(Evidence::quote).forEach(quotes::add);
      around.addAll(claim.headings());
    }
    var said = String.join("\n", quotes);
    var known = said + "\n" + String.join("\n", around);
    double support = Rounded.of(recall(sentence, said));
    return fault(sentence, known, quotes)
        .map(fault -> new Verdict(support, Optional.of(fault), Optional.empty()))
        .orElse(weighed(sentence, quotes, support));
  }

  static boolean holdsAddress(String text) {
    return ADDRESS.matcher(text).find();
  }

  private static Optional<String> fault(String sentence, String known, List<String> quotes) {
    var address = ADDRESS.matcher(sentence);
    if (address.find() && !known.contains(address.group())) {
      return Optional.of("no cited passage holds the address " + address.group());
    }
    var figures = new ArrayList<>(FigureWords.in(sentence));
    figures.removeAll(FigureWords.in(known));
    if (!figures.isEmpty()) {
      return Optional.of("no cited passage says " + String.join(", ", figures));
    }
    var names = strangeNames(sentence, known);
    if (!names.isEmpty()) {
      return Optional.of("no cited passage names " + String.join(", ", names));
    }
    return denies(sentence) && quotes.stream().noneMatch(Grounding::denies)
        ? Optional.of("it denies something, and no cited passage does")
        : Optional.empty();
  }

  private Verdict weighed(String sentence, List<String> quotes, double support)
      throws InterruptedException {
    double similarity =
        embeddings.similarity(sentence, quotes).stream()
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    if (support < WEAK && similarity < RATHER_NEAR) {
      return new Verdict(
          support,
          Optional.of(
              String.format(
                  Locale.ROOT, "the cited passages do not say it (support %.2f)", support)),
          Optional.empty());
    }
    if (!denies(sentence) && quotes.stream().allMatch(Grounding::denies)) {
      return new Verdict(
          support, Optional.empty(), Optional.of("every cited passage denies something"));
    }
    boolean supported = support >= SUPPORTED || (support >= WEAK && similarity >= NEAR);
    return new Verdict(
        support,
        Optional.empty(),
        supported
            ? Optional.empty()
            : Optional.of(
                String.format(
                    Locale.ROOT, "weakly supported by the cited passages (%.2f)", support)));
  }

  private static boolean denies(String text) {
    return DENIAL.matcher(text).find();
  }

  /// Words that look like names and that nothing cited holds.
  private static List<String> strangeNames(String sentence, String known) {
    var strange = new ArrayList<String>();
    var words = wholeWords(known);
    var terms = Set.copyOf(Terms.of(known));
    var word = WORD.matcher(sentence);
    while (word.find()) {
      var name = trimmed(word.group());
      boolean first =
          word.start() == 0 || SENTENCE_END.matcher(sentence.substring(0, word.start())).find();
      if (looksLikeName(name, first)
          && !words.contains(name.toLowerCase(Locale.ROOT))
          && !terms.containsAll(Terms.of(name))) {
        strange.add(name);
      }
    }
    return strange;
  }

  private static boolean looksLikeName(String word, boolean first) {
    if (word.contains("_")) {
      return true;
    }
    if (word.isEmpty()
        || !Character.isUpperCase(word.charAt(0))
        || FigureWords.isMonth(word)
        || word.equals("I")) {
      return false;
    }
    var lower = word.toLowerCase(Locale.ROOT);
    return !first
        || !(OPENERS.contains(lower)
            || lower.endsWith("ing")
            || lower.endsWith("ed")
            || lower.endsWith("ly")
            || Terms.of(word).isEmpty());
  }

  private static String trimmed(String word) {
    return word.replaceAll("['’.-]+$", "").replaceAll("['’]s$", "");
  }

  private static Set<String> wholeWords(String text) {
    var words = new HashSet<String>();
    var word = WORD.matcher(text);
    while (word.find()) {
      words.add(trimmed(word.group()).toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /// ROUGE-L recall: of the sentence's words, the share in the longest common subsequence.
  static double recall(String sentence, String passage) {
    var wanted = Terms.of(sentence);
    var there = Terms.of(passage);
    if (wanted.isEmpty()) {
      return 0;
    }
    int[] row = new int[there.size() + 1];
    for (String term : wanted) {
      int diagonal = 0;
      for (int j = 1; j <= there.size(); j++) {
        int above = row[j];
        row[j] = term.equals(there.get(j - 1)) ? diagonal + 1 : Math.max(row[j], row[j - 1]);
        diagonal = above;
      }
    }
    return (double) row[there.size()] / wanted.size();
  }
}
