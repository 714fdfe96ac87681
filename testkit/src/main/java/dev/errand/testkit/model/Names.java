package dev.errand.testkit.model;

import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.task.TaskId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// The ids that stand for a run's numbers, made when they are first asked for.
final class Names {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern WRAPPED = Pattern.compile("TaskId\\[value=([abrst]\\d+)]");

  private final Map<TaskRef, TaskId> tasks = new HashMap<>();
  private final Map<TaskId, TaskRef> taskNames = new HashMap<>();
  private final Map<Integer, UUID> artifacts = new HashMap<>();
  private final Map<Integer, UUID> batches = new HashMap<>();
  private final Map<Integer, UUID> reservations = new HashMap<>();
  private final Map<Integer, ScheduleId> schedules = new HashMap<>();
  private int fired;
  private final Map<String, String> readable = new HashMap<>();

  TaskId task(TaskRef task) {
    return tasks.computeIfAbsent(
        task,
        _ -> {
          TaskId id = TaskId.next();
          taskNames.put(id, task);
          readable.put(id.toString(), task.toString());
          return id;
        });
  }

  TaskRef name(TaskId id) {
    TaskRef name = taskNames.get(id);
    if (name == null) {
      throw new IllegalStateException("Nobody submitted task " + id);
    }
    return name;
  }

  boolean isNew(TaskId id) {
    return !taskNames.containsKey(id);
  }

  /// The name of a task that a schedule may have submitted.
  TaskRef nameFired(TaskId id) {
    return taskNames.computeIfAbsent(
        id,
        _ -> {
          TaskRef name = new TaskRef(TaskRef.FIRED + fired++);
          tasks.put(name, id);
          readable.put(id.toString(), name.toString());
          return name;
        });
  }

  UUID artifact(int number) {
    return id(artifacts, number, "a");
  }

  UUID batch(int number) {
    return id(batches, number, "b");
  }

  UUID reservation(int number) {
    return id(reservations, number, "r");
  }

  private UUID id(Map<Integer, UUID> known, int number, String letter) {
    return known.computeIfAbsent(
        number,
        _ -> {
          UUID id = UUID.randomUUID();
          readable.put(id.toString(), letter + number);
          return id;
        });
  }

  ScheduleId schedule(int number) {
    return schedules.computeIfAbsent(
        number,
        _ -> {
          ScheduleId id = ScheduleId.next();
          readable.put(id.toString(), "s" + number);
          return id;
        });
  }

  /// Every schedule that was ever named, in the order of their numbers.
  List<Integer> schedules() {
    return schedules.keySet().stream().sorted().toList();
  }

  /// `text` with names in place of the ids they stand for.
  String readable(String text) {
    String named = ID.matcher(text).replaceAll(id -> readable.getOrDefault(id.group(), id.group()));
    return WRAPPED.matcher(named).replaceAll("$1");
  }
}
