package dev.errand.testkit.memory;

import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Workers;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.task.TaskStore;
import java.time.InstantSource;

/// All stores over one state in memory, behind one lock: slow, forgetful and easy to believe.
///
/// Every call happens at one moment of the given clock, cut to microseconds as a database would.
/// Thread-safe.
public final class InMemoryStore {
  private final Rows rows;
  private final Budgets budgets;
  private final Rates rates;

  public InMemoryStore(InstantSource clock) {
    this(new Rows(clock));
  }

  InMemoryStore(Rows rows) {
    this.rows = rows;
    this.budgets = new InMemoryBudgets(rows);
    this.rates = new InMemoryRates(rows);
  }

  public TaskStore tasks() {
    return new InMemoryTasks(rows);
  }

  public Leases leases() {
    return new InMemoryLeases(rows);
  }

  public History history() {
    return new InMemoryHistory(rows);
  }

  public QueueStore queues() {
    return new InMemoryQueues(rows);
  }

  public Workers workers() {
    return new InMemoryWorkers(rows);
  }

  public ArtifactStore artifacts() {
    return new InMemoryArtifacts(rows);
  }

  public Rates rates() {
    return rates;
  }

  public Budgets budgets() {
    return budgets;
  }

  /// From now on every call throws [dev.errand.engine.task.StoreUnavailable] and changes nothing.
  public void goesAway() {
    rows.away(true);
  }

  /// Calls work again; whatever was stored before is still there.
  public void comesBack() {
    rows.away(false);
  }
}
