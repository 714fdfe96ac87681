package dev.errand.engine.queue;

import org.jspecify.annotations.Nullable;

/// A queue as it stands now.
///
/// @param paused whether no task of it starts; those that run go on
/// @param waiting tasks that are due and wait for a worker
/// @param later tasks that are not due yet, those that wait for another attempt included
public record Queue(
    String name, boolean paused, Limit limit, long waiting, long later, long running) {

  /// How many attempts may run at once, over all nodes.
  ///
  /// @param all of the queue, absent without a limit
  /// @param sameKey of one owner with one concurrency key, 1 or more
  public record Limit(@Nullable Integer all, int sameKey) {
    /// No limit but one at a time for each concurrency key.
    public static final Limit NONE = new Limit(null, 1);

    public Limit {
      if ((all != null && all < 1) || sameKey < 1) {
        throw new IllegalArgumentException("Limits must be 1 or more, or pause the queue instead");
      }
    }
  }
}
