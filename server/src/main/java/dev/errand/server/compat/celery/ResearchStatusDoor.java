package dev.errand.server.compat.celery;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.Tasks;
import dev.errand.server.compat.push.PublicAddress;
import dev.errand.server.event.LiveStates;
import dev.errand.server.task.SubmissionReader;
import dev.errand.server.task.Submitting;
import dev.errand.server.trace.Trace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/api/research`: starts `research` tasks and tells how any of the caller's stands, once or, over
/// a WebSocket, whenever that changes.
@RestController
@RequestMapping("/api/research")
public final class ResearchStatusDoor {
  private static final String TYPE = "research";

  private final Tasks tasks;
  private final Submitting submitting;
  private final ResearchStatuses statuses;
  private final PublicAddress address;
  private final LiveStates live;
  private final JsonMapper json;

  public ResearchStatusDoor(
      Tasks tasks,
      Submitting submitting,
      ResearchStatuses statuses,
      PublicAddress address,
      LiveStates live,
      JsonMapper json) {
    this.tasks = tasks;
    this.submitting = submitting;
    this.statuses = statuses;
    this.address = address;
    this.live = live;
    this.json = json;
  }

  public record StartedJson(String jobId) {}

  /// @param body `{prompt, …}`, as `POST /research` takes it
  @PostMapping("/start")
  ResponseEntity<StartedJson> start(
      Caller caller,
      Trace trace,
      @RequestHeader(name = Submitting.IDEMPOTENCY_KEY, required = false) @Nullable String key,
      ObjectNode body) {
    Task task =
        submitting.take(
            caller, trace, key, SubmissionReader.unfolded(TYPE, body), Submitting::withoutParams);
    return ResponseEntity.accepted()
        .location(URI.create("/api/research/status/" + task.id()))
        .body(new StartedJson(task.id().toString()));
  }

  @GetMapping("/status/{job_id}")
  ResearchStatusJson status(
      Caller caller, @PathVariable("job_id") String id, HttpServletRequest request) {
    return statuses.of(named(caller, id), path -> address.of(path, request));
  }

  /// The same object whenever it changes, until the research has ended.
  @GetMapping("/live/{job_id}")
  void live(
      Caller caller,
      @PathVariable("job_id") String id,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    TaskId job = named(caller, id).id();
    // The request will be over when its address is needed.
    String here = address.of("", request);
    live.open(
        job,
        task -> json.writeValueAsString(statuses.of(task, path -> here + path)),
        request,
        response);
  }

  private Task named(Caller caller, String id) {
    return TaskId.parse(id)
        .map(named -> tasks.find(caller, named))
        .filter(task -> task.type().equals(TYPE))
        .orElseThrow(() -> new Problem.NotFound("research job: " + id).refused());
  }
}
