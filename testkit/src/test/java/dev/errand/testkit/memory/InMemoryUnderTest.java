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
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.webhook.WebhookStore;
import dev.errand.testkit.model.ModelledStore;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Function;

/// The in-memory stores with their clock.
///
/// @param tick how far the clock moves on whenever somebody looks at it
record InMemoryUnderTest(InMemoryStore store, SettableClock clock, Duration tick, Mortality life)
    implements ModelledStore {
  private static final Instant TEN_PAST_MIDNIGHT = Instant.parse("2026-11-21T00:10:00Z");

  static InMemoryUnderTest empty() {
    SettableClock clock = new SettableClock();
    return new InMemoryUnderTest(new InMemoryStore(clock), clock, Duration.ZERO, new Mortality());
  }

  /// For the model test, in which no two things happen at the same moment, as in life.
  static InMemoryUnderTest ticking(Function<InstantSource, Rows> rows) {
    SettableClock clock = new SettableClock(TEN_PAST_MIDNIGHT);
    InMemoryStore store = new InMemoryStore(rows.apply(clock).forOneThread());
    return new InMemoryUnderTest(store, clock, Duration.ofMillis(1), new Mortality());
  }

  @Override
  public TaskStore tasks() {
    return life.of(TaskStore.class, store.tasks());
  }

  @Override
  public Leases leases() {
    return life.of(Leases.class, store.leases());
  }

  @Override
  public History history() {
    return life.of(History.class, store.history());
  }

  @Override
  public QueueStore queues() {
    return life.of(QueueStore.class, store.queues());
  }

  @Override
  public Workers workers() {
    return life.of(Workers.class, store.workers());
  }

  @Override
  public ArtifactStore artifacts() {
    return life.of(ArtifactStore.class, store.artifacts());
  }

  @Override
  public Rates rates() {
    return life.of(Rates.class, store.rates());
  }

  @Override
  public Budgets budgets() {
    return life.of(Budgets.class, store.budgets());
  }

  @Override
  public ScheduleStore schedules() {
    return life.of(ScheduleStore.class, store.schedules());
  }

  @Override
  public WebhookStore webhooks() {
    return life.of(WebhookStore.class, store.webhooks());
  }

  @Override
  public Feed feed() {
    return life.of(Feed.class, store.feed());
  }

  @Override
  public RetentionStore retention() {
    return life.of(RetentionStore.class, store.retention());
  }

  @Override
  public void cut(UUID session) {
    store.cut(session);
  }

  @Override
  public void dieAt(int statement, boolean done) {
    life.endsAt(statement, done);
  }

  @Override
  public boolean revive() {
    return life.goesOn();
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
