package dev.errand.postgres;

/// Whose turn it is: lanes are served one after the other, in the order of their queue and number.
/// Thread-safe.
final class Turn {
  private static final Place BEGINNING = new Place("", Long.MIN_VALUE);

  private volatile State state = new State(BEGINNING, BEGINNING);

  /// Where a lane stands among all of all queues.
  record Place(String queue, long lane) {}

  /// Read and written as one.
  ///
  /// @param seen the lane behind which to look next
  /// @param served the lane that was served last
  record State(Place seen, Place served) {}

  State state() {
    return state;
  }

  void pass(Place seen, Place served) {
    state = new State(seen, served);
  }
}
