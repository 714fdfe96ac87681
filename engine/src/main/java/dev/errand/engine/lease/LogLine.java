package dev.errand.engine.lease;

import java.time.Instant;

/// One line of a task's log.
///
/// @param text without a line break; at most 16 KiB is kept
public record LogLine(Instant at, Level level, String text) {
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
