package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Sentences;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/// Splits a prompt into its questions by rules, and finds what each is about.
final class Planner {
  static final int MOST_QUESTIONS = 20;

  private static final Pattern LINE = Pattern.compile("\\R+");
  private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*•]|\\d{1,2}[.)]|[a-z]\\))\\s+");

  private static final Pattern ASKS =
      Pattern.compile(
          "(?i)^(?:(?:please|and|but|so|also|then),?\\s+)*(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were"
              + "|does|do|did|can|could|should|would|will|has|have|explain|describe|list|compare|define|summari[sz]e"
              + "|find|tell|name|give|show|research|investigate)\\b.*");

  /// Where a second question begins within a sentence.
  private static final Pattern JOINT =
      Pattern.compile(
          "(?i)(?:,\\s*|\\s+)and\\s+(?=(?:what|when|where|which|why|how|who|is it|are they|does|can)\\b)");

  private static final Pattern POINTS_BACK =
      Pattern.compile("(?i)\\b(?:it|they|them|this|that|these|those|one|he|she)\\b");

  private Planner() {}

  static Plan plan(String prompt) {
    var asked = new ArrayList<String>();
    var said = new ArrayList<String>();
    for (String piece : pieces(prompt)) {
      (ASKS.matcher(piece).matches() || piece.endsWith("?") ? asked : said).add(piece);
    }
    if (asked.isEmpty()) {
      return new Plan(List.of(question(prompt.strip(), List.of())), 0);
    }
    var background = KeyTerms.of(String.join(" ", said));
    var questions = new ArrayList<Question>();
    List<String> before = List.of();
    for (String sentence : asked) {
      for (String part : JOINT.splitAsStream(sentence).toList()) {
        var question = question(part, context(part, before, background));
        if (question.terms().isEmpty() && POINTS_BACK.matcher(part).find()) {
          question = question.about(before);
        }
        if (!question.terms().isEmpty()) {
          questions.add(question);
          before = question.terms();
        }
      }
    }
    if (questions.isEmpty()) {
      return new Plan(List.of(question(prompt.strip(), List.of())), 0);
    }
    int kept = Math.min(questions.size(), MOST_QUESTIONS);
    return new Plan(questions.subList(0, kept), questions.size() - kept);
  }

  private static List<String> pieces(String prompt) {
    var pieces = new ArrayList<String>();
    for (String line : LINE.splitAsStream(prompt).toList()) {
      var text = BULLET.matcher(line).replaceFirst("").strip();
      for (var sentence : Sentences.in(text, 0, text.length())) {
        pieces.add(sentence.of(text));
      }
    }
    return pieces;
  }

  private static List<String> context(
      String question, List<String> before, List<String> background) {
    var context = new LinkedHashSet<>(background);
    if (POINTS_BACK.matcher(question).find()) {
      context.addAll(before);
    }
    return List.copyOf(context);
  }

  /// A question of a plan that was given, with the words it leaves unsaid.
  static Question asked(String text, List<String> about) {
    var question = question(text.strip(), about);
    return question.terms().isEmpty() ? question.about(about) : question;
  }

  /// The whole of `text` as one question.
  static Question question(String text, List<String> context) {
    var type = AnswerType.of(text);
    var terms = KeyTerms.of(text);
    var about = context.stream().filter(term -> !terms.contains(term)).toList();
    return new Question(text, type, terms, KeyTerms.pairs(text), KeyTerms.hints(text, type), about);
  }
}
