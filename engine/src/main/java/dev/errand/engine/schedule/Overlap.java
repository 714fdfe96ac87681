package dev.errand.engine.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a schedule does at a due moment while the task of a former one is still open.
public enum Overlap {
  /// Leaves this moment out.
  SKIP,
  /// Lets this moment's task wait until the former one has ended; only one waits, further moments
  /// are left out.
  QUEUE,
  /// Submits the task beside the former one.
  ALLOW;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The policy of a word as the API spells it, empty for any other word.
  public static Optional<Overlap> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
