package dev.errand.server.metrics;

import dev.errand.engine.task.Handover;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Measures how long a task that is handed over waits for its start: until it is stored.
public final class MeasuredHandover implements Handover {
  private final Handover worker;
  private final TaskMeters meters;

  public MeasuredHandover(Handover worker, TaskMeters meters) {
    this.worker = worker;
    this.meters = meters;
  }

  @Override
  public Taken take(List<NewTask> tasks) {
    Taken taken = worker.take(tasks);
    return taken.tokens().isEmpty() ? taken : new Measured(taken, meters, System.nanoTime());
  }

  private record Measured(Taken taken, TaskMeters meters, long sinceNanos) implements Taken {
    @Override
    public void settle(Set<TaskId> leased) {
      taken.settle(leased);
      long waited = System.nanoTime() - sinceNanos;
      leased.forEach(_ -> meters.pickUp.record(waited, TimeUnit.NANOSECONDS));
    }

    @Override
    public UUID worker() {
      return taken.worker();
    }

    @Override
    public Map<TaskId, UUID> tokens() {
      return taken.tokens();
    }
  }
}
