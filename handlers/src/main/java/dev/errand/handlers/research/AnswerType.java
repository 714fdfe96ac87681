package dev.errand.handlers.research;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What kind of answer a question asks for.
enum AnswerType {
  /// "How many", "how large": a number.
  QUANTITY(
      "how (many|much|large|big|small|long|short|deep|old|often|fast|high|tall|far|wide|heavy)|(what|which) (is|are|was) the (\\w+ )?(number|size|limit|maximum|minimum|largest|smallest|price|cost|percentage)|at what \\w+"),
  /// "When was": a date or a version.
  DATE(
      "when (was|were|did|has|have)|(in|until|since) (what|which) (year|month|version|release)|(what|which) (year|date|day|month|version)|since when|until when"),
  /// "When should": a condition.
  CONDITION("when|under what|in which case"),
  PERSON("who|whom|whose"),
  PLACE("where"),
  REASON("why|what causes|what is the (reason|cause)|for what reason"),
  /// "How do I": a way to do it.
  METHOD(
      "how (do|can|could|should|would|to|may|must|does one|is it possible)|what is the (best|right|easiest|recommended) way|(in )?what way"),
  /// "How does": a description of how it works.
  EXPLANATION("how|explain|describe"),
  /// "What is a": a definition.
  DEFINITION(
      "what (is|are|was|were) (an? |the )?(?!.*\\b(of|for|in|on|between|to)\\b)|what (is|are) .* (used )?for"
          + "|what (do|does) .* (do|mean|stand for)|define"),
  COMPARISON(
      "compare|(what|which) (is|are) the differences?|how (does|do) .* (differ|compare)|.* (versus|vs\\.?) .*"),
  /// "Which", "what are the": several things.
  LIST(
      "which|list|name|enumerate|what (are|were) (the|all)|what (kinds?|sorts?|types?|options|ways)"),
  YES_NO("(is|are|was|were|does|do|did|can|could|will|would|should|may|might|must|has|have|had) "),
  ANY("");

  /// The first that fits decides.
  private static final List<AnswerType> BY_PRECEDENCE =
      List.of(
          COMPARISON,
          QUANTITY,
          DATE,
          REASON,
          METHOD,
          DEFINITION,
          LIST,
          CONDITION,
          PERSON,
          PLACE,
          EXPLANATION,
          YES_NO);

  private final Pattern beginning;

  AnswerType(String beginning) {
    this.beginning = Pattern.compile("(?:" + beginning + ")(?:\\b|(?<= ))");
  }

  static AnswerType of(String question) {
    var asked = question.toLowerCase(Locale.ROOT).strip();
    return BY_PRECEDENCE.stream()
        .filter(type -> type.beginning.matcher(asked).lookingAt())
        .findFirst()
        .orElse(ANY);
  }
}
