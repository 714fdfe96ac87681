package dev.errand.client;

import java.time.Duration;

/// Hears what following a task brings. An exception that a method throws ends the following.
public interface FollowListener {

  /// The next event; each exactly once, in order.
  void event(Event event);

  /// The server does not answer just now; the client tries again after `delay`.
  ///
  /// @param trouble a [Refused] that may pass, or an [Unreachable]
  default void waiting(Duration delay, RuntimeException trouble) {}
}
