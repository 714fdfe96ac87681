package dev.errand.engine.event;

import dev.errand.engine.event.Tails.Page;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.signal.Signals.Subscription;
import dev.errand.engine.task.TaskId;
import java.util.List;
import java.util.function.Function;

/// The events of a task or the lines of its log, to be followed until the task has ended.
///
/// @param <T> what readers are given
public final class TaskEvents<T> implements Tails.Source<TaskId, Long, T> {
  private static final int PAGE = 500;

  private final Reading<T> reading;
  private final Signals signals;

  private interface Reading<T> {
    Page<T> read(TaskId task, long after);
  }

  private TaskEvents(Reading<T> reading, Signals signals) {
    this.reading = reading;
    this.signals = signals;
  }

  /// @param told what becomes of each event, once for all who follow
  public static <T> TaskEvents<T> of(History history, Signals signals, Function<Event, T> told) {
    return new TaskEvents<>(
        (task, after) -> {
          List<Event> events = history.events(task, after, PAGE);
          boolean ended = events.isEmpty() ? history.ended(task) : events.getLast().terminal();
          if (events.isEmpty() && ended) {
            // Between the two questions it may have come to its end.
            events = history.events(task, after, PAGE);
          }
          boolean more = events.size() == PAGE;
          return new Page<>(events.stream().map(told).toList(), more, ended && !more);
        },
        signals);
  }

  /// The log of a task.
  public static TaskEvents<History.Line> log(History history, Signals signals) {
    return new TaskEvents<>(
        (task, after) -> {
          // Asked before reading: what an ended task has left to read is all there will be.
          boolean ended = history.ended(task);
          List<History.Line> lines = history.log(task, after, PAGE);
          boolean more = lines.size() == PAGE;
          return new Page<>(lines, more, ended && !more);
        },
        signals);
  }

  @Override
  public Page<T> read(TaskId task, Long after) {
    return reading.read(task, after);
  }

  @Override
  public Subscription onChange(TaskId task, Runnable listener) {
    return signals.onChange(task, listener);
  }
}
