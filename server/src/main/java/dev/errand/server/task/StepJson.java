package dev.errand.server.task;

import dev.errand.engine.task.Task;
import dev.errand.engine.task.Task.FinishedStep;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A step as the API shows it.
///
/// @param status `pending`, `running` or `completed`
public record StepJson(String name, String status, @Nullable Instant finishedAt) {

  /// The steps a handler declares, in its order, and then those it did not.
  static List<StepJson> of(List<String> declared, Task task) {
    Map<String, StepJson> steps = new LinkedHashMap<>();
    declared.forEach(name -> steps.put(name, new StepJson(name, "pending", null)));
    String current = task.currentStep();
    for (FinishedStep finished : task.steps()) {
      steps.put(finished.name(), new StepJson(finished.name(), "completed", finished.finishedAt()));
    }
    if (current != null) {
      steps.merge(
          current,
          new StepJson(current, "running", null),
          (known, running) -> known.finishedAt() == null ? running : known);
    }
    return List.copyOf(steps.values());
  }
}
