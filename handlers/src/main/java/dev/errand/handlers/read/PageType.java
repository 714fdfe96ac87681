package dev.errand.handlers.read;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The type of a page, in the order of the forest's classes.
enum PageType {
  /// One text to be read: news, a blog post, a recipe.
  ARTICLE,
  /// Things to choose from, most often those of a shop.
  COLLECTION,
  DOCUMENTATION,
  /// A thread: a question or topic and what was answered.
  FORUM,
  /// Links to texts or places elsewhere: a section's front page, search results.
  LISTING,
  /// One thing that can be bought.
  PRODUCT,
  /// What somebody offers: landing pages and those of companies.
  SERVICE;

  private static final Set<String> THREADS = Set.of("DiscussionForumPosting", "QAPage");
  private static final Pattern FORUM_SOFTWARE =
      Pattern.compile("(?i)discourse|phpbb|vbulletin|xenforo|mybb|invision|flarum|nodebb");
  private static final Pattern MANUAL_SOFTWARE =
      Pattern.compile(
          "(?i)sphinx|mkdocs|docusaurus|doxygen|javadoc|docbook|mdbook|rustdoc|asciidoctor|vitepress");
  private static final PageType[] ALL = values();

  /// The probability of each type, by ordinal.
  static final class Guess {
    private final float[] shares;

    Guess(float[] shares) {
      this.shares = shares;
    }

    /// Nobody changes the array.
    float[] shares() {
      return shares;
    }

    float shareOf(PageType type) {
      return shares[List.of(ALL).indexOf(type)];
    }

    PageType best() {
      int best = 0;
      for (int i = 1; i < shares.length; i++) {
        best = shares[i] > shares[best] ? i : best;
      }
      return ALL[best];
    }
  }

  /// The type that the page declares itself; empty when it does not.
  static Optional<PageType> declared(Metadata metadata) {
    if (metadata.isAny(THREADS) || FORUM_SOFTWARE.matcher(metadata.generator()).find()) {
      return Optional.of(FORUM);
    }
    return MANUAL_SOFTWARE.matcher(metadata.generator()).find()
        ? Optional.of(DOCUMENTATION)
        : Optional.empty();
  }

  static Guess guess(float[] traits, Forest forest) {
    double[] shares = forest.shares(traits, ALL.length);
    float[] guess = new float[shares.length];
    for (int i = 0; i < shares.length; i++) {
      guess[i] = (float) shares[i];
    }
    return new Guess(guess);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
