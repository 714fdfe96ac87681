package dev.errand.testkit.memory;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.lease.Rescued;
import dev.errand.engine.task.TaskId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Leases in memory.
record InMemoryLeases(Rows rows) implements Leases {

  @Override
  public Session open(NewWorker worker) {
    return rows.locked(now -> {
      InMemorySession session = new InMemorySession(rows, worker, now);
      rows.opened(session);
      return session;
    });
  }

  @Override
  public Rescued rescue() {
    return rows.locked(rows::rescue);
  }

  @Override
  public boolean append(Lease lease, List<NewEvent> events) {
    return rows.underLease(lease, (row, now) -> events.forEach(event -> row.append(event, now)));
  }

  @Override
  public boolean log(Lease lease, List<LogLine> lines) {
    return rows.underLease(lease, (row, _) -> lines.forEach(row.trail()::logged));
  }

  @Override
  public boolean finishStep(Lease lease, String step, String value) {
    return rows.underLease(lease, (row, now) -> row.finishStep(step, value, now));
  }

  @Override
  public Map<String, String> steps(TaskId task) {
    return rows.locked(_ -> {
      Map<String, String> values = new LinkedHashMap<>();
      rows.task(task)
          .ifPresent(row -> row.steps().forEach((name, step) -> values.put(name, step.value())));
      return values;
    });
  }

  @Override
  public boolean end(Lease lease, Outcome outcome) {
    return rows.underLease(lease, (row, now) -> row.end(outcome, now));
  }
}
