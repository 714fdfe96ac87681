package dev.errand.engine.event;

import dev.errand.engine.signal.Signals;
import dev.errand.engine.signal.Signals.Subscription;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Follows a task live: everything that happened after a given number, then what happens, each once
/// and in order, until the task has ended. Thread-safe.
public final class Follower {
  /// A wake-up may get lost between nodes; looking again this often bounds the delay.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private static final int PAGE = 500;

  private final History history;
  private final TaskStore tasks;
  private final Signals signals;

  public Follower(History history, TaskStore tasks, Signals signals) {
    this.history = history;
    this.tasks = tasks;
    this.signals = signals;
  }

  /// Takes what is followed, one at a time.
  public interface Sink<T> {
    void take(T item) throws IOException;

    /// Called when nothing happened for a while, so that a broken connection is noticed.
    default void idle() throws IOException {}
  }

  /// Blocks until the task has ended and every event was given to `sink`.
  ///
  /// @param after the number of the last event the follower knows, 0 for none
  /// @throws IOException what `sink` throws; following ends with it
  public void events(TaskId task, long after, Sink<Event> sink)
      throws IOException, InterruptedException {
    follow(task, after, sink, history::events, Event::number);
  }

  /// Blocks until the task has ended and every line of its log was given to `sink`.
  public void log(TaskId task, long after, Sink<History.Line> sink)
      throws IOException, InterruptedException {
    follow(task, after, sink, history::log, History.Line::number);
  }

  private <T> void follow(TaskId task, long after, Sink<T> sink, Reading<T> reading, Numbered<T> at)
      throws IOException, InterruptedException {
    Semaphore changes = new Semaphore(0);
    try (Subscription _ = signals.onChange(task, changes::release)) {
      long last = after;
      while (true) {
        changes.drainPermits();
        // Asked before reading: what an ended task has left to read is all there will be.
        boolean ended = ended(task);
        List<T> page = reading.read(task, last, PAGE);
        for (T item : page) {
          sink.take(item);
          last = at.number(item);
        }
        if (page.size() == PAGE) {
          continue;
        }
        if (ended) {
          return;
        }
        if (!changes.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
          sink.idle();
        }
      }
    }
  }

  private boolean ended(TaskId task) {
    return tasks.find(task).map(Task::status).map(status -> status.terminal()).orElse(true);
  }

  private interface Reading<T> {
    List<T> read(TaskId task, long after, int limit);
  }

  private interface Numbered<T> {
    long number(T item);
  }
}
