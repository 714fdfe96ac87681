package dev.errand.postgres;

/// Whose turn it is: lanes are served one after the other, in the order of their queue and number.
/// Thread-safe.
final class Turn {
  private volatile Lane last = new Lane("", Long.MIN_VALUE);

  /// What waits in line behind each other: an owner's tasks with one concurrency key.
  record Lane(String queue, long lane) {}

  /// The lane that was served last.
  Lane last() {
    return last;
  }

  void pass(Lane served) {
    last = served;
  }
}
