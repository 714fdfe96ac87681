package dev.errand.testkit.memory;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Tasks that a worker has put its hand on, in memory.
final class InMemoryHold implements Hold {
  private final Rows rows;
  private final InMemorySession session;
  private final List<Lease> leases;
  private boolean ended;

  InMemoryHold(Rows rows, InMemorySession session, List<Lease> leases) {
    this.rows = rows;
    this.session = session;
    this.leases = leases;
  }

  @Override
  public List<Lease> leases() {
    return leases;
  }

  @Override
  public Duration waited(Lease lease) {
    return rows.locked(now -> Duration.between(rows.task(lease.task()).orElseThrow().dueAt(), now));
  }

  @Override
  public boolean leased() {
    return false;
  }

  @Override
  public boolean urgent() {
    return leases.stream()
        .anyMatch(lease -> rows.locked(_ -> rows.task(lease.task()).orElseThrow().guarded()));
  }

  @Override
  public List<Lease> settle(Map<Lease, String> completed, List<Lease> kept) {
    ended = true;
    try {
      return rows.locked(now -> {
        completed.forEach((lease, result) ->
            rows.task(lease.task()).orElseThrow().complete(session, lease, result, now));
        if (!rows.open(session)) {
          return List.of();
        }
        kept.forEach(lease -> rows.task(lease.task()).orElseThrow().claim(session, lease, now));
        return kept;
      });
    } finally {
      letGo();
    }
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      letGo();
    }
  }

  private void letGo() {
    List<TaskId> tasks = leases.stream().map(Lease::task).toList();
    rows.letGo(tasks);
  }
}
