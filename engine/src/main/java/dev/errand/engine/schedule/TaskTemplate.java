package dev.errand.engine.schedule;

import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Priority;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The task that a schedule submits again and again: checked, with every default filled in.
///
/// @param params JSON text
/// @param callbackUrl who is told of each end, absent for nobody
public record TaskTemplate(
    String type,
    String params,
    String queue,
    Priority priority,
    Duration timeout,
    int maxRetries,
    List<String> tags,
    @Nullable String callbackUrl) {

  public TaskTemplate {
    tags = List.copyOf(tags);
  }

  static TaskTemplate of(NewTask task) {
    return new TaskTemplate(
        task.type(),
        task.params(),
        task.queue(),
        task.priority(),
        task.timeout(),
        task.maxRetries(),
        task.tags(),
        task.callbackUrl());
  }
}
