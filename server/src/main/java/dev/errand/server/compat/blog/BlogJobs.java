package dev.errand.server.compat.blog;

import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.Tasks;
import dev.errand.server.task.TaskRenderer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows `blog_post` tasks as blog jobs. Thread-safe.
final class BlogJobs {
  private static final String CANCELLED = "The job was cancelled.";

  private final Tasks tasks;
  private final TaskRenderer renderer;
  private final InstantSource clock;

  BlogJobs(Tasks tasks, TaskRenderer renderer, InstantSource clock) {
    this.tasks = tasks;
    this.renderer = renderer;
    this.clock = clock;
  }

  BlogJobJson shown(Task task) {
    return new BlogJobJson(
        task.id().toString(),
        status(task.status()),
        task.status() == TaskStatus.COMPLETED ? 100 : task.progress(),
        stage(task),
        renderer.render(task).result(),
        errorMessage(task),
        task.createdAt(),
        task.startedAt(),
        task.finishedAt(),
        secondsLeft(task).orElse(null));
  }

  static String status(TaskStatus status) {
    return switch (status) {
      case PENDING -> "pending";
      case QUEUED, RETRYING -> "queued";
      case RUNNING -> "processing";
      case COMPLETED -> "completed";
      case FAILED, CANCELLED -> "failed";
    };
  }

  /// Which status a task has when a job's is `word`; empty for what is no status.
  static Optional<TaskStatus> status(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "pending" -> Optional.of(TaskStatus.PENDING);
      case "queued" -> Optional.of(TaskStatus.QUEUED);
      case "processing" -> Optional.of(TaskStatus.RUNNING);
      case "completed" -> Optional.of(TaskStatus.COMPLETED);
      case "failed" -> Optional.of(TaskStatus.FAILED);
      default -> Optional.empty();
    };
  }

  /// How long the job should still take, rounded up to seconds; empty when nobody can tell.
  Optional<Long> secondsLeft(Task task) {
    return tasks
        .outlook(task)
        .flatMap(outlook -> outlook.expectedEnd(task))
        .map(
            end -> Math.max(0, Duration.between(clock.instant(), end).plusMillis(999).toSeconds()));
  }

  /// The step that runs or ran last, without its number.
  private static @Nullable String stage(Task task) {
    String current = task.currentStep();
    if (task.status().terminal() || (current == null && task.steps().isEmpty())) {
      return null;
    }
    String step = current == null ? task.steps().getLast().name() : current;
    return step.replaceFirst(":\\d+$", "");
  }

  static @Nullable String errorMessage(Task task) {
    if (task.status() == TaskStatus.CANCELLED) {
      return CANCELLED;
    }
    return task.error() == null ? null : task.error().message();
  }
}
