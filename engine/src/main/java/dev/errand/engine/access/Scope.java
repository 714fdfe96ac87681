package dev.errand.engine.access;

import java.util.Arrays;
import java.util.Optional;

/// What an API key is good for.
public enum Scope {
  TASKS_READ("tasks:read"),
  TASKS_WRITE("tasks:write"),
  /// All that the key's owner may do.
  ADMIN("admin");

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  public static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
