package dev.errand.handlers.read;

import java.util.Locale;

/// What kind of page it is, in the order in which the forest counts them.
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

  private static final PageType[] ALL = values();
  private static final Forest FOREST = Forest.named("page-type.forest");

  /// How sure it is of each type, by ordinal.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Guess(float[] shares) {

    PageType best() {
      int best = 0;
      for (int i = 1; i < shares.length; i++) {
        best = shares[i] > shares[best] ? i : best;
      }
      return ALL[best];
    }
  }

  static Guess guess(float[] traits) {
    double[] shares = FOREST.shares(traits, ALL.length);
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
