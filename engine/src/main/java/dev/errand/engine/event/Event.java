package dev.errand.engine.event;

import java.time.Instant;
import java.util.Set;

/// A fact about a task.
///
/// @param number from 1 without gaps within a task
/// @param type such as `queued`, `started`, `progress`, `completed`
/// @param data a JSON object
public record Event(long number, String type, Instant at, String data) {
  private static final Set<String> TERMINAL = Set.of("completed", "failed", "cancelled");

  /// Whether the task ended with this event.
  public boolean terminal() {
    return TERMINAL.contains(type);
  }
}
