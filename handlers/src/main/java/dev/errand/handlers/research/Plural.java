package dev.errand.handlers.research;

import java.util.Locale;

/// Counts of things as people write them: "1 page", "2 pages", "1,000 queries".
final class Plural {
  private Plural() {}

  static String of(long count, String one) {
    return of(count, one, one + "s");
  }

  static String of(long count, String one, String more) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : more);
  }
}
