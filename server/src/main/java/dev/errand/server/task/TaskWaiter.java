package dev.errand.server.task;

import dev.errand.engine.signal.Signals;
import dev.errand.engine.signal.Signals.Subscription;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Waits for tasks to end, on the virtual thread of the request that wants to know. Thread-safe.
public final class TaskWaiter {
  /// A wake-up may get lost between nodes; looking again this often bounds the delay.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final TaskStore store;
  private final Signals signals;

  public TaskWaiter(TaskStore store, Signals signals) {
    this.store = store;
    this.signals = signals;
  }

  /// The task once it has ended, or as it stands after `most`; empty when there is none.
  public Optional<Task> end(TaskId id, Duration most) throws InterruptedException {
    return end(id, most, _ -> {});
  }

  /// As [#end], showing `observer` the task each time it is looked at.
  public Optional<Task> end(TaskId id, Duration most, Consumer<Task> observer)
      throws InterruptedException {
    long until = System.nanoTime() + most.toNanos();
    Semaphore changes = new Semaphore(0);
    try (Subscription _ = signals.onChange(id, changes::release)) {
      while (true) {
        changes.drainPermits();
        Optional<Task> task = store.find(id);
        task.ifPresent(observer);
        long left = until - System.nanoTime();
        if (left <= 0 || task.map(found -> found.status().terminal()).orElse(true)) {
          return task;
        }
        changes.tryAcquire(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
      }
    }
  }
}
