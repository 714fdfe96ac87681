package dev.errand.testkit.memory;

import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.task.TaskStore;
import dev.errand.testkit.contract.StoreUnderTest;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;

/// The in-memory stores with their clock.
record InMemoryUnderTest(InMemoryStore store, SettableClock clock) implements StoreUnderTest {

  static InMemoryUnderTest empty() {
    SettableClock clock = new SettableClock();
    return new InMemoryUnderTest(new InMemoryStore(clock), clock);
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
  public ArtifactStore artifacts() {
    return store.artifacts();
  }

  @Override
  public Instant now() {
    return clock.instant();
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
