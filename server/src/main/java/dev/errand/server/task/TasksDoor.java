package dev.errand.server.task;

import dev.errand.engine.access.Caller;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.Tasks;
import dev.errand.server.json.JsonBodies;
import dev.errand.server.page.Page;
import dev.errand.server.trace.Trace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `/tasks`: submit, look, cancel, retry.
@RestController
@RequestMapping("/tasks")
public final class TasksDoor {
  private final Tasks tasks;
  private final Submitting submitting;
  private final TaskRenderer renderer;
  private final JsonBodies bodies;
  private final JsonMapper json;

  public TasksDoor(
      Tasks tasks,
      Submitting submitting,
      TaskRenderer renderer,
      JsonBodies bodies,
      JsonMapper json) {
    this.tasks = tasks;
    this.submitting = submitting;
    this.renderer = renderer;
    this.bodies = bodies;
    this.json = json;
  }

  /// Also reached past Spring's dispatch, by [ShortCut].
  @PostMapping
  void submit(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Caller caller = Caller.class.cast(request.getAttribute(Caller.class.getName()));
    Trace trace = Trace.class.cast(request.getAttribute(Trace.class.getName()));
    String key = request.getHeader(Submitting.IDEMPOTENCY_KEY);
    Task task = submitting.submit(caller, trace, key, bodies.readObject(request));
    TaskJson shown = renderer.render(task);
    byte[] answer = json.writeValueAsBytes(shown);
    response.setStatus(HttpServletResponse.SC_ACCEPTED);
    response.setHeader("Location", shown.links().self());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(answer.length);
    response.getOutputStream().write(answer);
  }

  /// @param nextCursor leads to the next page, absent on the last one
  public record TasksJson(List<TaskJson> tasks, @Nullable String nextCursor) {}

  @GetMapping
  TasksJson list(Caller caller, @RequestParam Map<String, String> parameters) {
    Page<Task> page =
        TaskQuery.of(parameters, caller, "status", "type", "tag", "q", "owner").list(tasks, caller);
    return new TasksJson(page.shown(renderer::render), page.next());
  }

  @GetMapping("/{id}")
  TaskJson find(Caller caller, TaskId id) {
    Task task = tasks.find(caller, id);
    return renderer.renderWhole(task, tasks.outlook(task));
  }

  @PostMapping("/{id}/cancel")
  TaskJson cancel(Caller caller, TaskId id) {
    return renderer.render(tasks.cancel(caller, id));
  }

  @PostMapping("/{id}/retry")
  TaskJson retry(Caller caller, TaskId id) {
    return renderer.render(tasks.retry(caller, id));
  }

  public record AttemptsJson(List<AttemptJson> attempts, @Nullable String nextCursor) {}

  @GetMapping("/{id}/attempts")
  AttemptsJson attempts(Caller caller, TaskId id) {
    return new AttemptsJson(
        tasks.attempts(caller, id).stream().map(one -> AttemptJson.of(one, caller)).toList(), null);
  }
}
