package dev.errand.server.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// What monitoring shows to read the metrics.
public record MetricsToken(String value) {
  private static final int MIN_LENGTH = 16;

  /// @throws IllegalArgumentException when it is easy to guess, without repeating it
  public MetricsToken {
    if (value.length() < MIN_LENGTH) {
      throw new IllegalArgumentException("must have %d characters or more".formatted(MIN_LENGTH));
    }
  }

  /// Takes the same time whatever `candidate` is.
  public boolean matches(String candidate) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}
