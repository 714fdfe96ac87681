package dev.errand.server.compat.jobs;

import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.Tasks;
import dev.errand.server.compat.jobs.BackgroundTaskJson.Step;
import dev.errand.server.task.StepJson;
import dev.errand.server.task.TaskJson;
import dev.errand.server.task.TaskRenderer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Shows tasks in camelCase. Thread-safe.
final class BackgroundTasks {
  /// A brand has no column; its tasks carry its name behind this.
  static final String BRAND = "brand:";

  private static final Pattern UNDERSCORE = Pattern.compile("_([a-z0-9])");

  private final Tasks tasks;
  private final TaskRenderer renderer;

  BackgroundTasks(Tasks tasks, TaskRenderer renderer) {
    this.tasks = tasks;
    this.renderer = renderer;
  }

  /// Empty for a task of a type that this door does not know.
  Optional<BackgroundTaskJson> shown(Task task) {
    return JobType.ofTask(task.type()).map(type -> shown(type, task));
  }

  private BackgroundTaskJson shown(JobType type, Task task) {
    TaskJson known = renderer.render(task);
    List<Step> steps = steps(known.steps(), task.status());
    JsonNode result = known.result();
    return new BackgroundTaskJson(
        known.id(),
        known.id(),
        task.owner(),
        brand(task),
        type,
        known.params(),
        BackgroundTaskJson.status(task.status()),
        task.status() == TaskStatus.COMPLETED ? 100 : task.progress(),
        task.currentStep(),
        steps,
        current(task.currentStep(), steps),
        known.priority(),
        BackgroundTaskJson.queuedAt(task),
        task.startedAt(),
        task.finishedAt(),
        estimatedCompletion(task),
        result == null ? null : camelCased(result),
        task.error() == null ? null : task.error().message(),
        Math.max(0, task.attempt() - 1),
        task.maxRetries(),
        task.createdAt(),
        task.updatedAt());
  }

  private static @Nullable String brand(Task task) {
    return task.tags().stream()
        .filter(tag -> tag.startsWith(BRAND))
        .map(tag -> tag.substring(BRAND.length()))
        .findFirst()
        .orElse(null);
  }

  private static List<Step> steps(List<StepJson> known, TaskStatus status) {
    return known.stream()
        .map(step -> {
          boolean broke = status == TaskStatus.FAILED && step.status().equals("running");
          return new Step(step.name(), broke ? "failed" : step.status());
        })
        .toList();
  }

  private static @Nullable Integer current(@Nullable String step, List<Step> steps) {
    List<String> names = new ArrayList<>(steps.stream().map(Step::name).toList());
    return step == null || !names.contains(step) ? null : (Integer) names.indexOf(step);
  }

  private @Nullable Instant estimatedCompletion(Task task) {
    return tasks.outlook(task).flatMap((Outlook outlook) -> outlook.expectedEnd(task)).orElse(null);
  }

  /// The same value with the names of all fields in camelCase.
  private static JsonNode camelCased(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode renamed = object.objectNode();
        object
            .properties()
            .forEach(field -> renamed.set(camelCase(field.getKey()), camelCased(field.getValue())));
        yield renamed;
      }
      case ArrayNode array -> {
        ArrayNode renamed = array.arrayNode();
        array.forEach(element -> renamed.add(camelCased(element)));
        yield renamed;
      }
      default -> node;
    };
  }

  private static String camelCase(String name) {
    return UNDERSCORE.matcher(name).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }
}
