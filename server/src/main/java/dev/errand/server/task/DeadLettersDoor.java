package dev.errand.server.task;

import dev.errand.engine.access.Caller;
import dev.errand.engine.task.DeadLetters;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore.DeadLetterFilter;
import dev.errand.server.page.Page;
import dev.errand.server.task.TasksDoor.TasksJson;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `/dead-letters`: tasks that failed, to look at and to retry by the hundred.
@RestController
@RequestMapping("/dead-letters")
public final class DeadLettersDoor {
  private final DeadLetters deadLetters;
  private final TaskRenderer renderer;

  public DeadLettersDoor(DeadLetters deadLetters, TaskRenderer renderer) {
    this.deadLetters = deadLetters;
    this.renderer = renderer;
  }

  @GetMapping
  TasksJson list(Caller caller, @RequestParam Map<String, String> parameters) {
    TaskQuery query = TaskQuery.of(parameters, caller, "type", "owner");
    DeadLetterFilter filter =
        new DeadLetterFilter(
            query.filter().owner(), query.filter().type(), query.filter().before());
    List<Task> found = deadLetters.list(caller, filter, query.page().limit());
    Page<Task> page = Page.of(found, query.page(), task -> task.id().toString());
    return new TasksJson(page.shown(renderer::render), page.next());
  }

  /// @param taskIds those that were put back; others had not failed, or not of the caller
  public record RetriedJson(int retried, List<String> taskIds) {
    static RetriedJson of(List<TaskId> tasks) {
      return new RetriedJson(tasks.size(), tasks.stream().map(TaskId::toString).toList());
    }
  }

  @PostMapping("/retry")
  RetriedJson retry(Caller caller, ObjectNode body) {
    return RetriedJson.of(
        switch (RetryRequest.read(body, caller)) {
          case RetryRequest.These(var ids) -> deadLetters.retry(caller, ids);
          case RetryRequest.Newest(var filter, var limit) ->
              deadLetters.retry(caller, filter, limit);
        });
  }
}
