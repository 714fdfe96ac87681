package dev.errand.testkit.memory;

import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.event.Feed;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Workers;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.retention.RetentionStore;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.webhook.WebhookStore;
import java.time.InstantSource;
import java.util.UUID;

/// All stores over one state in memory, behind one lock: slow, forgetful and easy to believe.
///
/// Every call happens at one moment of the given clock, cut to microseconds as a database would.
/// Thread-safe.
public final class InMemoryStore {
  private final Rows rows;
  private final Budgets budgets;
  private final Rates rates;
  private final ScheduleStore schedules;
  private final RetentionStore retention;
  private final WebhookStore webhooks;

  public InMemoryStore(InstantSource clock) {
    this(new Rows(clock));
  }

  InMemoryStore(Rows rows) {
    this.rows = rows;
    this.budgets = new InMemoryBudgets(rows);
    this.rates = new InMemoryRates(rows);
    this.schedules = new InMemorySchedules(rows.clock());
    this.webhooks = new InMemoryWebhooks(rows);
    this.retention = new InMemoryRetention(rows, budgets, schedules);
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

  public ScheduleStore schedules() {
    return schedules;
  }

  public WebhookStore webhooks() {
    return webhooks;
  }

  public Feed feed() {
    return new InMemoryFeed(rows);
  }

  public RetentionStore retention() {
    return retention;
  }

  /// Whether nobody holds `task` just now: then it can be changed without waiting.
  public boolean free(TaskId task) {
    return rows.locked(_ -> rows.free(task));
  }

  /// Ends a worker's session without a word, as its death does; its next heartbeat makes it anew.
  public void cut(UUID session) {
    rows.locked(_ -> {
      rows.sessions().stream()
          .filter(one -> one.id().equals(session))
          .forEach(InMemorySession::cut);
      return true;
    });
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
