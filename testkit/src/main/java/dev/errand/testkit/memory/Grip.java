package dev.errand.testkit.memory;

import dev.errand.engine.task.TaskId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// What one hold has its hand on, for as long as it lasts: nobody else gets it or counts it.
final class Grip {
  private final Set<TaskId> taken = new HashSet<>();
  private final Set<TaskRow> broughtIntoLine = new LinkedHashSet<>();
  private final Set<String> queues = new HashSet<>();
  private final Set<Long> lanes = new HashSet<>();

  void take(TaskRow row) {
    taken.add(row.id());
  }

  /// The time of a waiting task has come; others see it in line when the hold is settled.
  void bringIntoLine(TaskRow row) {
    broughtIntoLine.add(row);
  }

  void countQueue(String queue) {
    queues.add(queue);
  }

  void countLane(long lane) {
    lanes.add(lane);
  }

  boolean has(TaskRow row) {
    return taken.contains(row.id()) || broughtIntoLine.contains(row);
  }

  boolean broughtIntoLine(TaskRow row) {
    return broughtIntoLine.contains(row);
  }

  boolean countsQueue(String queue) {
    return queues.contains(queue);
  }

  boolean countsLane(long lane) {
    return lanes.contains(lane);
  }

  /// Whether the tasks in hand are under a limit that nobody else can count meanwhile.
  boolean counts(TaskRow row) {
    return countsQueue(row.place().queue())
        || (row.concurrencyKey() != null && countsLane(row.place().lane()));
  }

  void settle() {
    broughtIntoLine.forEach(TaskRow::enterLine);
  }
}
