package dev.errand.engine.event;

import dev.errand.engine.lease.LogLine;
import dev.errand.engine.task.TaskId;
import java.util.List;
import java.util.Optional;

/// Reads what happened to a task. Thread-safe; may block.
public interface History {

  /// Up to `limit` events with a number greater than `after`, in order.
  List<Event> events(TaskId task, long after, int limit);

  /// The last event of a type; empty when there was none.
  Optional<Event> latest(TaskId task, String type);

  /// Up to `limit` log lines with a number greater than `after`, in order.
  List<Line> log(TaskId task, long after, int limit);

  /// Whether nothing more happens to `task` unless it is retried; so it is with one that nobody
  /// submitted.
  boolean ended(TaskId task);

  /// @param number from 1 without gaps within a task
  record Line(long number, LogLine line) {}
}
