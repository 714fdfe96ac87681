package dev.errand.server.compat.celery;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.event.History;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.server.compat.celery.ResearchStatusJson.Info;
import dev.errand.server.compat.celery.ResearchStatusJson.State;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Tells how research tasks stand, in the seven words of Celery. Thread-safe.
public final class ResearchStatuses {
  private static final String UNKNOWN_ERROR = "An unknown error occurred.";

  private final History history;
  private final Artifacts artifacts;
  private final JsonMapper json;

  public ResearchStatuses(History history, Artifacts artifacts, JsonMapper json) {
    this.history = history;
    this.artifacts = artifacts;
    this.json = json;
  }

  /// @param address of what lies at a path of this server
  public ResearchStatusJson of(Task task, UnaryOperator<String> address) {
    return switch (task.status()) {
      case PENDING, QUEUED -> before(task);
      case RUNNING -> running(task);
      case RETRYING -> retrying(task);
      case COMPLETED -> succeeded(task, address);
      case FAILED -> failed(task);
      case CANCELLED ->
          new ResearchStatusJson(
              id(task), State.REVOKED, null, "Task was revoked.", null, null, null);
    };
  }

  private static ResearchStatusJson before(Task task) {
    return new ResearchStatusJson(
        id(task), State.PENDING, null, "Task is pending or not yet started.", null, null, null);
  }

  private ResearchStatusJson running(Task task) {
    Optional<String> message = lastMessage(task.id());
    String step = task.currentStep();
    if (message.isEmpty() && step == null) {
      return new ResearchStatusJson(id(task), State.STARTED, null, null, null, null, null);
    }
    String said = message.orElse("Processing...");
    String phase = phase(task).orElse("Unknown");
    return new ResearchStatusJson(
        id(task),
        State.PROGRESS,
        new Info(said, phase, task.progress(), null),
        said,
        phase,
        null,
        null);
  }

  private static ResearchStatusJson retrying(Task task) {
    String message = "Task is retrying...";
    return new ResearchStatusJson(
        id(task),
        State.RETRY,
        new Info(message, phase(task).orElse(null), task.progress(), error(task)),
        message,
        null,
        null,
        null);
  }

  private ResearchStatusJson succeeded(Task task, UnaryOperator<String> address) {
    String message = "Task completed successfully.";
    String phase = "Completed";
    return new ResearchStatusJson(
        id(task),
        State.SUCCESS,
        new Info(message, phase, 100, null),
        message,
        phase,
        published(task).or(() -> report(task).map(address)).orElse(null),
        null);
  }

  private static ResearchStatusJson failed(Task task) {
    String message = "Task failed.";
    String error = Optional.ofNullable(error(task)).orElse(UNKNOWN_ERROR);
    return new ResearchStatusJson(
        id(task),
        State.FAILURE,
        new Info(message, phase(task).orElse(null), task.progress(), error),
        message,
        null,
        null,
        error);
  }

  /// Where a publisher says it has put the result.
  private Optional<String> published(Task task) {
    return Optional.ofNullable(task.result())
        .map(result -> json.readTree(result).path("web_view_link").asString(""))
        .filter(link -> !link.isEmpty());
  }

  private Optional<String> report(Task task) {
    return artifacts.ofTask(task.id()).stream()
        .filter(artifact -> artifact.type().equals("report_markdown"))
        .findFirst()
        .map(artifact -> "/artifacts/" + artifact.id());
  }

  private Optional<String> lastMessage(TaskId task) {
    return history
        .latest(task, "progress")
        .map(event -> json.readTree(event.data()).path("message").asString(""))
        .filter(text -> !text.isBlank());
  }

  /// The step that runs or ran last.
  private static Optional<String> phase(Task task) {
    String current = task.currentStep();
    if (current != null) {
      return Optional.of(ResearchStatusJson.phase(current));
    }
    return task.steps().isEmpty()
        ? Optional.empty()
        : Optional.of(ResearchStatusJson.phase(task.steps().getLast().name()));
  }

  private static @Nullable String error(Task task) {
    return task.error() == null ? null : task.error().message();
  }

  private static String id(Task task) {
    return task.id().toString();
  }
}
