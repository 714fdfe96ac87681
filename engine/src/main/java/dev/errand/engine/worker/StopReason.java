package dev.errand.engine.worker;

/// Why an attempt was told to stop before its handler was done.
enum StopReason {
  /// Somebody cancelled the task.
  CANCELLED,
  /// Its time is up.
  DEADLINE,
  /// The worker shuts down.
  DRAIN,
  /// The worker was declared dead: whatever this attempt writes is refused.
  LEASE_LOST
}
