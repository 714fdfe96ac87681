package dev.errand.server.config;

import java.nio.charset.StandardCharsets;

/// A key that QStash signs its calls with.
public record QStashKey(String value) {
  private static final int MIN_LENGTH = 32;

  /// @throws IllegalArgumentException when it cannot be one, without repeating it
  public QStashKey {
    if (value.getBytes(StandardCharsets.UTF_8).length < MIN_LENGTH) {
      throw new IllegalArgumentException("must have %d characters or more".formatted(MIN_LENGTH));
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
