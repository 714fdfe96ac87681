package dev.errand.testkit.model;

import dev.errand.engine.task.TaskId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// The ids that stand for a run's numbers, made when they are first asked for.
final class Names {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern WRAPPED = Pattern.compile("TaskId\\[value=([at]\\d+)]");

  private final Map<TaskRef, TaskId> tasks = new HashMap<>();
  private final Map<TaskId, TaskRef> taskNames = new HashMap<>();
  private final Map<Integer, UUID> artifacts = new HashMap<>();
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

  UUID artifact(int number) {
    return artifacts.computeIfAbsent(
        number,
        _ -> {
          UUID id = UUID.randomUUID();
          readable.put(id.toString(), "a" + number);
          return id;
        });
  }

  /// `text` with names in place of the ids they stand for.
  String readable(String text) {
    String named = ID.matcher(text).replaceAll(id -> readable.getOrDefault(id.group(), id.group()));
    return WRAPPED.matcher(named).replaceAll("$1");
  }
}
