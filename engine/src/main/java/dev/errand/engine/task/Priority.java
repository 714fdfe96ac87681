package dev.errand.engine.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which of two due tasks goes first.
public enum Priority {
  HIGH(0),
  NORMAL(1),
  LOW(2);

  private final int rank;
  private final String word = name().toLowerCase(Locale.ROOT);

  Priority(int rank) {
    this.rank = rank;
  }

  /// Lower ranks go first.
  public int rank() {
    return rank;
  }

  public static Priority ofRank(int rank) {
    return Arrays.stream(values()).filter(one -> one.rank == rank).findFirst().orElseThrow();
  }

  /// The priority of a word as the API spells it, empty for any other word.
  public static Optional<Priority> of(String word) {
    return Arrays.stream(values()).filter(priority -> priority.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
