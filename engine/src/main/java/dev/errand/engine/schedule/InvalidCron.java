package dev.errand.engine.schedule;

/// A cron expression that says nothing, or nothing that ever comes. The message completes "cron …"
/// and says what to do.
public final class InvalidCron extends IllegalArgumentException {
  InvalidCron(String message) {
    super(message);
  }
}
