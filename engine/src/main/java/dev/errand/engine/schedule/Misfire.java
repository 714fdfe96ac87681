package dev.errand.engine.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a schedule does about moments that no node was there for.
public enum Misfire {
  /// Leaves them out.
  SKIP,
  /// Runs once for all of them.
  ONCE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The policy of a word as the API spells it, empty for any other word.
  public static Optional<Misfire> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
