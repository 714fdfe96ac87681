package dev.errand.handlers.research;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the sentences that answer a type of question look like.
final class AnswerShape {
  /// A number that counts or measures: no version, date, section or part of an identifier.
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\w.§#-])(?<!(?i:version|versions|section|chapter|step|figure|page|rule|java|sha) )"
              + "(?!(?:19|20)\\d\\d-\\d)(?!(?:19|20)\\d\\d[,)])\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:e[+-]?\\d+)?(?!\\.\\d|[\\w-])(?: ?%)?");

  private static final Pattern NUMBER_WORD =
      Pattern.compile(
          "(?i)\\b(?:(?:only|just|exactly) one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand"
              + "|million|billion|trillion|hundreds|thousands|millions|billions|trillions|half|twice|no limit|unlimited)\\b(?! or more)");

  /// What a number measures, as far as it follows the number.
  private static final Pattern UNIT =
      Pattern.compile(
          "^ ?(%|percent\\b|[kmgtp]i?b\\b|bytes?\\b|bits?\\b|(?:kilo|mega|giga|tera|peta|kibi|mebi|gibi|tebi)bytes?\\b"
              + "|(?:micro|milli|nano)?seconds?\\b|ms\\b|s\\b|minutes?\\b|hours?\\b|days?\\b|weeks?\\b|months?\\b|years?\\b"
              + "|(?:times|transactions|requests|statements|rows|pages|files|users|words|lines)\\b)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern THINGS = Pattern.compile("(?: [\\w()-]+){1,3}");

  private static final Pattern DATE =
      Pattern.compile("\\b(?:1[5-9]|20)\\d\\d(?:-\\d\\d-\\d\\d)?\\b|(?i:\\bversions? \\d[\\w.]*)");

  private static final Pattern REASON =
      Pattern.compile(
          "(?i)\\b(?:because|since|due to|reasons?|so that|in order to|caus(?:e|es|ed|ing)|therefore|thus|hence|as a result)\\b");

  private static final Pattern CONDITION =
      Pattern.compile(
          "(?i)\\b(?:if|when|for|in (?:most|some|many)? ?cases?|unless|whenever|provided|most|only)\\b");

  private static final Pattern METHOD =
      Pattern.compile(
          "(?i)\\b(?:use[sd]?|using|by \\w+ing|call(?:ing)?|run(?:ning)?|set(?:ting)?|can be|command|invoke|to \\w+)\\b");

  private static final Pattern DEFINITION =
      Pattern.compile(
          "(?i)\\b(?:is|are|means|refers to|is called|are called)(?: an?| the| used| one| when)?\\b");

  private static final Pattern NAME =
      Pattern.compile("(?<!^)\\b\\p{Lu}\\p{Ll}+ \\p{Lu}[\\p{Ll}.]+");

  private AnswerShape() {}

  /// Whether the sentence has what an answer of this type has; false for types without such a mark.
  static boolean fits(AnswerType type, String sentence) {
    return switch (type) {
      case QUANTITY -> NUMBER.matcher(sentence).find() || NUMBER_WORD.matcher(sentence).find();
      case DATE -> DATE.matcher(sentence).find();
      case REASON -> REASON.matcher(sentence).find();
      case CONDITION -> CONDITION.matcher(sentence).find();
      case METHOD -> METHOD.matcher(sentence).find();
      case DEFINITION -> DEFINITION.matcher(sentence).find();
      case PERSON -> NAME.matcher(sentence).find();
      case PLACE, EXPLANATION, COMPARISON, LIST, YES_NO, ANY -> false;
    };
  }

  /// For each number in the sentence, the few words after it: "locking states" of "five locking
  /// states".
  static Stream<String> counted(String sentence) {
    return Stream.of(NUMBER, NUMBER_WORD)
        .flatMap(pattern -> pattern.matcher(sentence).results())
        .map(number -> THINGS.matcher(sentence.substring(number.end())))
        .filter(Matcher::lookingAt)
        .map(Matcher::group);
  }

  /// The measures, or the dates and versions, that a sentence names.
  static List<String> figures(AnswerType type, String sentence) {
    return switch (type) {
      case QUANTITY ->
          NUMBER
              .matcher(sentence)
              .results()
              .flatMap(number -> withUnit(number, sentence).stream())
              .toList();
      case DATE -> DATE.matcher(sentence).results().map(MatchResult::group).toList();
      default -> List.of();
    };
  }

  private static Optional<String> withUnit(MatchResult number, String sentence) {
    if (number.group().endsWith("%")) {
      return Optional.of(number.group());
    }
    var unit = UNIT.matcher(sentence.substring(number.end()));
    return unit.find() ? Optional.of(number.group() + unit.group()) : Optional.empty();
  }

  /// Whether a sentence without this shape cannot answer a question of this type.
  static boolean isDecisive(AnswerType type) {
    return switch (type) {
      case QUANTITY, DATE, PERSON -> true;
      case CONDITION,
          PLACE,
          REASON,
          METHOD,
          EXPLANATION,
          DEFINITION,
          COMPARISON,
          LIST,
          YES_NO,
          ANY ->
          false;
    };
  }
}
