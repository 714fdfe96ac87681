package dev.errand.testkit.memory;

import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Workers;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.task.TaskStore;
import dev.errand.testkit.contract.StoreUnderTest;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/// The in-memory stores with their clock.
///
/// @param tick how far the clock moves on whenever somebody looks at it
record InMemoryUnderTest(
    InMemoryStore store, ScheduleStore schedules, SettableClock clock, Duration tick)
    implements StoreUnderTest {

  static InMemoryUnderTest empty() {
    SettableClock clock = new SettableClock();
    return new InMemoryUnderTest(
        new InMemoryStore(clock), new InMemorySchedules(clock), clock, Duration.ZERO);
  }

  /// For the model test, in which no two things happen at the same moment, as in life.
  static InMemoryUnderTest ticking(Function<InstantSource, Rows> rows) {
    SettableClock clock = new SettableClock();
    InMemoryStore store = new InMemoryStore(rows.apply(clock));
    return new InMemoryUnderTest(store, new InMemorySchedules(clock), clock, Duration.ofMillis(1));
  }

  @Override
  public TaskStore tasks() {
    return store.tasks();
  }

  @Override
  public Leases leases() {
    return store.leases();
  }

  @Override
  public History history() {
    return store.history();
  }

  @Override
  public QueueStore queues() {
    return store.queues();
  }

  @Override
  public Workers workers() {
    return store.workers();
  }

  @Override
  public ArtifactStore artifacts() {
    return store.artifacts();
  }

  @Override
  public Rates rates() {
    return store.rates();
  }

  @Override
  public Budgets budgets() {
    return store.budgets();
  }

  @Override
  public Instant now() {
    return clock.advance(tick);
  }

  @Override
  public void timePasses(Duration time) {
    clock.advance(time);
  }

  @Override
  public Duration precision() {
    return Duration.ZERO;
  }

  @Override
  public void close() {}
}
