package dev.errand.testkit.model;

import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Workers;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.retention.RetentionStore;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.task.TaskStore;
import dev.errand.testkit.memory.InMemoryStore;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/// One of the two stores as an operation sees it.
///
/// @param now the present on this side when the operation began
record Side(
    TaskStore tasks,
    Leases leases,
    History history,
    QueueStore queues,
    ArtifactStore artifacts,
    Workers workers,
    Budgets budgets,
    Rates rates,
    ScheduleStore schedules,
    RetentionStore retention,
    Consumer<UUID> cut,
    Instant now,
    boolean underTest) {

  static Side of(ModelledStore store, Instant now) {
    return new Side(
        store.tasks(),
        store.leases(),
        store.history(),
        store.queues(),
        store.artifacts(),
        store.workers(),
        store.budgets(),
        store.rates(),
        store.schedules(),
        store.retention(),
        store::cut,
        now,
        true);
  }

  static Side of(InMemoryStore store, Instant now) {
    return new Side(
        store.tasks(),
        store.leases(),
        store.history(),
        store.queues(),
        store.artifacts(),
        store.workers(),
        store.budgets(),
        store.rates(),
        store.schedules(),
        store.retention(),
        store::cut,
        now,
        false);
  }

  /// What belongs to this side.
  <T> T own(Both<T> both) {
    return underTest ? both.subject() : both.reference();
  }
}
