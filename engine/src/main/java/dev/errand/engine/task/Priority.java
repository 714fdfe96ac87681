package dev.errand.engine.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which of two due tasks goes first; the order of the constants is the order of service.
public enum Priority {
  HIGH,
  NORMAL,
  LOW;

  private final String word = name().toLowerCase(Locale.ROOT);

  /// The priority of a word as the API spells it, empty for any other word.
  public static Optional<Priority> of(String word) {
    return Arrays.stream(values()).filter(priority -> priority.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
