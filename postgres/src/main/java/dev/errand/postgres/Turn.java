package dev.errand.postgres;

/// Whose turn it is: lanes are served one after the other, in the order of their queue and number.
/// Thread-safe.
final class Turn {
  private volatile Place last = new Place("", Long.MIN_VALUE);

  /// Where a lane stands among all of all queues.
  record Place(String queue, long lane) {}

  /// The lane that was served or looked at last.
  Place last() {
    return last;
  }

  void pass(Place served) {
    last = served;
  }
}
