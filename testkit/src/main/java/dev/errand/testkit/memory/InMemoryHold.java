package dev.errand.testkit.memory;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Tasks that a worker has put its hand on, in memory.
final class InMemoryHold implements Hold {
  private final Rows rows;
  private final InMemorySession session;
  private final Grip grip;
  private final Instant heldAt;
  private final List<Lease> leases;
  private boolean ended;

  InMemoryHold(Rows rows, InMemorySession session, Grip grip, Instant heldAt, List<Lease> leases) {
    this.rows = rows;
    this.session = session;
    this.grip = grip;
    this.heldAt = heldAt;
    this.leases = leases;
  }

  @Override
  public List<Lease> leases() {
    return leases;
  }

  @Override
  public boolean leased() {
    return false;
  }

  @Override
  public boolean urgent() {
    return leases.stream()
        .anyMatch(lease -> rows.locked(_ -> grip.counts(rows.task(lease.task()).orElseThrow())));
  }

  @Override
  public List<Lease> settle(Map<Lease, String> completed, List<Lease> kept) {
    ended = true;
    try {
      return rows.locked(now -> {
        grip.settle();
        completed.forEach((lease, result) ->
            rows.task(lease.task()).orElseThrow().complete(session, lease, result, heldAt, now));
        if (!rows.open(session)) {
          return List.of();
        }
        kept.forEach(lease -> rows.task(lease.task()).orElseThrow().claim(session, lease, heldAt));
        return kept;
      });
    } finally {
      rows.letGo(grip);
    }
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      rows.letGo(grip);
    }
  }
}
