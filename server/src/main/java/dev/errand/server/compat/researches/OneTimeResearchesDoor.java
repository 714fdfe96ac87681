package dev.errand.server.compat.researches;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.Tasks;
import dev.errand.server.compat.push.PublicAddress;
import dev.errand.server.compat.push.PushedTasks;
import dev.errand.server.compat.push.PushedTasks.PushedJson;
import dev.errand.server.page.Page;
import dev.errand.server.task.SubmissionReader;
import dev.errand.server.task.Submitting;
import dev.errand.server.task.TaskQuery;
import dev.errand.server.trace.Trace;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/api/one-time-researches`: `research` tasks that carry this door's tag.
@RestController
public final class OneTimeResearchesDoor {
  private static final String PATH = "/api/one-time-researches";
  private static final String TYPE = "research";
  private static final String TAG = "one-time-research";

  private final Tasks tasks;
  private final Submitting submitting;
  private final PushedTasks pushed;
  private final PublicAddress address;
  private final JsonMapper json;

  public OneTimeResearchesDoor(
      Tasks tasks,
      Submitting submitting,
      PushedTasks pushed,
      PublicAddress address,
      JsonMapper json) {
    this.tasks = tasks;
    this.submitting = submitting;
    this.pushed = pushed;
    this.address = address;
    this.json = json;
  }

  /// Besides `prompt`, whatever else a research can be told may be in the body.
  @PostMapping(PATH)
  ResponseEntity<OneTimeResearchJson> create(
      Caller caller,
      Trace trace,
      @RequestHeader(name = Submitting.IDEMPOTENCY_KEY, required = false) @Nullable String key,
      ObjectNode body,
      HttpServletRequest request) {
    ObjectNode submission = SubmissionReader.unfolded(TYPE, body);
    if (!submission.has("tags")) {
      submission.putArray("tags");
    }
    // Anything else than an array is refused in a moment.
    if (submission.get("tags") instanceof ArrayNode tags) {
      tags.add(TAG);
    }
    Task task = submitting.take(caller, trace, key, submission, Submitting::withoutParams);
    return ResponseEntity.accepted()
        .location(URI.create(PATH + "/" + task.id()))
        .body(shown(task, request));
  }

  public record OneTimeResearchesJson(
      List<OneTimeResearchJson> oneTimeResearches, @Nullable String nextCursor) {}

  @GetMapping(PATH)
  OneTimeResearchesJson list(
      Caller caller, @RequestParam Map<String, String> parameters, HttpServletRequest request) {
    Page<Task> page = TaskQuery.of(parameters, caller).only(TYPE, TAG).list(tasks, caller);
    return new OneTimeResearchesJson(page.shown(task -> shown(task, request)), page.next());
  }

  @GetMapping(PATH + "/{id}")
  OneTimeResearchJson find(
      Caller caller, @PathVariable("id") String id, HttpServletRequest request) {
    return TaskId.parse(id)
        .map(named -> tasks.find(caller, named))
        .filter(task -> task.type().equals(TYPE) && task.tags().contains(TAG))
        .map(task -> shown(task, request))
        .orElseThrow(() -> new Problem.NotFound("one-time research: " + id).refused());
  }

  /// What a queue outside calls to have a research run.
  @PostMapping("/api/internal/run-one-time-research/{id}")
  ResponseEntity<PushedJson> run(@PathVariable("id") String id, HttpServletRequest request) {
    pushed.requireToken(request, id);
    return TaskId.parse(id)
        .map(pushed::run)
        .orElseThrow(() -> new Problem.NotFound("one-time research: " + id).refused());
  }

  private OneTimeResearchJson shown(Task task, HttpServletRequest request) {
    return OneTimeResearchJson.of(task, json, path -> address.of(path, request));
  }
}
