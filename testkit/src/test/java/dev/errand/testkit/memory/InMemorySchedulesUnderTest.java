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
import dev.errand.testkit.contract.SchedulesUnderTest;
import java.time.Duration;
import java.time.Instant;

/// The in-memory stores with the one of schedules.
record InMemorySchedulesUnderTest(InMemoryUnderTest rest, ScheduleStore schedules)
    implements SchedulesUnderTest {

  static InMemorySchedulesUnderTest empty() {
    InMemoryUnderTest rest = InMemoryUnderTest.empty();
    return new InMemorySchedulesUnderTest(rest, new InMemorySchedules(rest.clock()));
  }

  @Override
  public TaskStore tasks() {
    return rest.tasks();
  }

  @Override
  public Leases leases() {
    return rest.leases();
  }

  @Override
  public History history() {
    return rest.history();
  }

  @Override
  public Workers workers() {
    return rest.workers();
  }

  @Override
  public QueueStore queues() {
    return rest.queues();
  }

  @Override
  public Rates rates() {
    return rest.rates();
  }

  @Override
  public Budgets budgets() {
    return rest.budgets();
  }

  @Override
  public ArtifactStore artifacts() {
    return rest.artifacts();
  }

  @Override
  public Instant now() {
    return rest.now();
  }

  @Override
  public void timePasses(Duration time) {
    rest.timePasses(time);
  }

  @Override
  public Duration precision() {
    return rest.precision();
  }

  @Override
  public void close() {
    rest.close();
  }
}
