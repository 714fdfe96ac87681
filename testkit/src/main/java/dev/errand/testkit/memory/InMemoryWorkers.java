package dev.errand.testkit.memory;

import dev.errand.engine.lease.WorkerStatus;
import dev.errand.engine.lease.Workers;
import java.util.List;

/// Workers in memory.
record InMemoryWorkers(Rows rows) implements Workers {
  @Override
  public List<WorkerStatus> all() {
    return rows.locked(now ->
        rows.sessions().stream()
            .map(session ->
                session.seen(
                    rows.heldBy(session).size(), rows.open(session) && !session.expired(now)))
            .toList());
  }
}
