package dev.errand.handlers.generate;

import dev.errand.engine.attempt.InvalidParams;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a blog post is to be about, and how it is to be written.
///
/// @param topic 1 to 500 characters
/// @param keywords that the text should use, at most 50 of at most 200 characters
/// @param useGoogleSearch whether to look for sources first
/// @param tone such as `friendly`; absent leaves it to the model
/// @param length absent means medium
/// @param wordCountTarget for the whole text, 100 to 20,000
/// @param sections 1 to 20; absent means as many as fit the length
/// @param language that the post is written in, such as `English` or `de`; absent means the topic's
/// @param customInstructions for the author, at most 4,000 characters
/// @param dryRun whether only to show what would be asked
/// @param ignored fields that a caller sent and that mean nothing here
public record BlogPostParams(
    String topic,
    Optional<List<String>> keywords,
    Optional<Boolean> useGoogleSearch,
    Optional<String> tone,
    Optional<Length> length,
    Optional<Integer> wordCountTarget,
    Optional<Integer> sections,
    Optional<String> language,
    Optional<String> targetAudience,
    Optional<String> customInstructions,
    Optional<Boolean> dryRun,
    Optional<List<String>> ignored) {
  private static final int LONGEST_TOPIC = 500;
  private static final int MOST_KEYWORDS = 50;
  private static final int LONGEST_WORD = 200;
  private static final int LONGEST_INSTRUCTIONS = 4_000;
  private static final int MOST_SECTIONS = 20;

  /// How long a post is.
  public enum Length {
    SHORT(3, 600),
    MEDIUM(5, 1200),
    LONG(7, 2000),
    EXTENDED(9, 3000);

    private final int sections;
    private final int words;

    Length(int sections, int words) {
      this.sections = sections;
      this.words = words;
    }
  }

  public BlogPostParams {
    keywords = keywords.map(List::copyOf);
    ignored = ignored.map(List::copyOf);
    var check = new InvalidParams.Check();
    check.that(has(topic, LONGEST_TOPIC), "/topic", "must have 1 to 500 characters");
    var words = keywords.orElse(List.of());
    check.that(words.size() <= MOST_KEYWORDS, "/keywords", "must be 50 keywords at most");
    for (int i = 0; i < words.size(); i++) {
      check.that(
          has(words.get(i), LONGEST_WORD), "/keywords/" + i, "must have 1 to 200 characters");
    }
    text(check, tone, "/tone", LONGEST_WORD);
    text(check, language, "/language", LONGEST_WORD);
    text(check, targetAudience, "/target_audience", LONGEST_TOPIC);
    text(check, customInstructions, "/custom_instructions", LONGEST_INSTRUCTIONS);
    check.that(
        wordCountTarget.map(count -> count >= 100 && count <= 20_000).orElse(true),
        "/word_count_target",
        "must be 100 to 20000");
    check.that(
        sections.map(count -> count >= 1 && count <= MOST_SECTIONS).orElse(true),
        "/sections",
        "must be 1 to 20");
    check.orThrow();
  }

  private static void text(
      InvalidParams.Check check, Optional<String> text, String pointer, int longest) {
    check.that(
        text.map(one -> has(one, longest)).orElse(true),
        pointer,
        String.format(Locale.ROOT, "must have 1 to %d characters", longest));
  }

  private static boolean has(String text, int longest) {
    return !text.isBlank() && text.length() <= longest;
  }

  int sectionCount() {
    return sections.orElse(length.orElse(Length.MEDIUM).sections);
  }

  int words() {
    return wordCountTarget.orElse(length.orElse(Length.MEDIUM).words);
  }

  boolean dry() {
    return dryRun.orElse(false);
  }
}
