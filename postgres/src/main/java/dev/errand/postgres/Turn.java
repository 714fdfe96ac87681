package dev.errand.postgres;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whose turn it is: lanes are served one after the other, in the order of their queue and number.
/// Thread-safe.
///
/// In the midst of a stream, a claim looks at the lane that was served last from where the last one
/// stopped. What has come before that place meanwhile, by its priority or because it was let go,
/// waits for the next claim that looks at all: in a twentieth of a second.
final class Turn {
  /// So many tasks at once are a stream.
  private static final int STREAM = 100;

  private static final long LOOK_AT_ALL_NANOS = Duration.ofMillis(50).toNanos();
  private static final Place BEGINNING = new Place("", Long.MIN_VALUE);

  private volatile State state = new State(BEGINNING, BEGINNING, null);
  private volatile long lookedAtAll = System.nanoTime() - LOOK_AT_ALL_NANOS;

  /// Where a lane stands among all of all queues.
  record Place(String queue, long lane) {}

  /// Read and written as one.
  ///
  /// @param seen the lane behind which to look next
  /// @param served the lane that was served last
  /// @param from where to begin in it, in seconds of Unix time; absent at its beginning
  record State(Place seen, Place served, @Nullable Double from) {}

  /// What the next claim is to do.
  State next() {
    State now = state;
    if (now.from() != null && System.nanoTime() - lookedAtAll < LOOK_AT_ALL_NANOS) {
      return now;
    }
    lookedAtAll = System.nanoTime();
    return new State(now.seen(), now.served(), null);
  }

  /// @param got how many tasks there were
  /// @param at where the last one of them stands
  void pass(Place seen, Place served, int got, double at) {
    state = new State(seen, served, got >= STREAM ? at : null);
  }
}
