package dev.errand.engine.lease;

import java.time.Instant;
import java.util.List;

/// A worker as others see it.
///
/// @param types the task types it can run
/// @param concurrency attempts it runs at a time at most
/// @param running attempts under its leases
/// @param alive false when it has not been heard of for too long, or has gone, and its tasks have
///   not been rescued yet
public record WorkerStatus(
    String name,
    List<String> types,
    int concurrency,
    Instant startedAt,
    Instant heartbeatAt,
    int running,
    boolean alive) {
  public WorkerStatus {
    types = List.copyOf(types);
  }
}
