package dev.errand.handlers.research;

import java.util.regex.Pattern;

/// How well a sentence reads on its own, whatever it says.
final class SentenceForm {
  /// A sentence that depends on the one before it.
  private static final Pattern HANGING =
      Pattern.compile(
          "(?is)^(?:this|it|that|these|those|they|he|she|such|but|however|thus|hence|so|and|or|also|then"
              + "|therefore|otherwise|in other words|for example|instead|note|on the other hand|furthermore|nevertheless)\\b.*");

  /// A sentence about the text rather than its subject.
  private static final Pattern ABOUT_THE_TEXT =
      Pattern.compile(
          "(?is).*\\b(?:(?:this|the (?:next|following|previous|preceding|foregoing)|other|later) (?:article|document|section|page|chapter|paper|sections|example|paragraph|discussion)s?"
              + "|sections? \\d|(?:described|shown|discussed|given|listed) (?:above|below|here)|we begin with|see (?:also )?the)\\b.*");

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String ENDED = ".!。！:)”\"";
  private static final int SHORT = 7;
  private static final int LONG = 45;

  private SentenceForm() {}

  /// Whether it depends on the sentence before it.
  static boolean hangs(String sentence) {
    return HANGING.matcher(sentence).matches();
  }

  /// 0 for a good one, less for each fault.
  static double weight(String sentence) {
    int words = BLANKS.split(sentence).length;
    double weight = words < SHORT || words > LONG ? -0.3 : 0;
    weight -= hangs(sentence) ? 0.6 : 0;
    weight -= ABOUT_THE_TEXT.matcher(sentence).matches() ? 0.8 : 0;
    weight -= sentence.contains("://") ? 0.8 : 0;
    weight -= ENDED.indexOf(sentence.charAt(sentence.length() - 1)) < 0 ? 0.3 : 0;
    return weight;
  }
}
