package dev.errand.server.compat.jobs;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.Tasks;
import dev.errand.server.compat.push.PushedTasks;
import dev.errand.server.compat.push.QStashSignatures;
import dev.errand.server.json.JsonBodies;
import dev.errand.server.task.Submitting;
import dev.errand.server.task.TaskRenderer;
import dev.errand.server.trace.Trace;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/// `/api/jobs?action=create|status|process`.
@RestController
@RequestMapping("/api/jobs")
public final class JobsDoor {
  /// Tells QStash that no repetition would help.
  private static final int GIVE_UP = 489;

  private final Tasks tasks;
  private final Submitting submitting;
  private final BackgroundTasks shown;
  private final PushedTasks pushed;
  private final QStashSignatures signatures;
  private final JsonBodies bodies;
  private final JsonMapper json;

  public JobsDoor(
      Tasks tasks,
      Submitting submitting,
      TaskRenderer renderer,
      PushedTasks pushed,
      QStashSignatures signatures,
      JsonBodies bodies,
      JsonMapper json) {
    this.tasks = tasks;
    this.submitting = submitting;
    this.shown = new BackgroundTasks(tasks, renderer);
    this.pushed = pushed;
    this.signatures = signatures;
    this.bodies = bodies;
    this.json = json;
  }

  @GetMapping
  Object ask(
      Caller caller,
      @RequestParam MultiValueMap<String, String> parameters,
      HttpServletRequest request) {
    String action = action(request);
    if (!action.equals("status")) {
      throw JobReader.bad("GET takes action=status, not \"%s\"".formatted(action));
    }
    return status(caller, JobReader.ids(parameters));
  }

  @PostMapping
  ResponseEntity<?> act(Trace trace, HttpServletRequest request) throws IOException {
    return switch (action(request)) {
      case "create" -> create(caller(request), trace, request);
      case "status" ->
          ResponseEntity.ok(status(caller(request), JobReader.ids(bodies.readObject(request))));
      case "process" -> process(request);
      case String other ->
          throw JobReader.bad(
              "action must be one of create, status, process, not \"%s\"".formatted(other));
    };
  }

  /// What decides about the call stands in it once.
  private static String action(HttpServletRequest request) {
    String[] actions = request.getParameterValues("action");
    if (actions == null || actions.length != 1) {
      throw JobReader.bad("Say once what is wanted: action=create, status or process");
    }
    return actions[0];
  }

  private static Caller caller(HttpServletRequest request) {
    if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
      return caller;
    }
    throw new Problem.Unauthorized("Send \"Authorization: Bearer <token>\".").refused();
  }

  @JsonNaming(LowerCamelCaseStrategy.class)
  record CreatedJson(String taskId) {}

  private ResponseEntity<CreatedJson> create(Caller caller, Trace trace, HttpServletRequest request)
      throws IOException {
    Task task =
        submitting.take(
            caller,
            trace,
            request.getHeader(Submitting.IDEMPOTENCY_KEY),
            JobReader.submission(bodies.readObject(request)),
            JobReader::pointer);
    return ResponseEntity.accepted()
        .location(URI.create("/api/jobs?action=status&taskId=" + task.id()))
        .body(new CreatedJson(task.id().toString()));
  }

  /// @param notFound the ids that name no task of the caller's
  @JsonNaming(LowerCamelCaseStrategy.class)
  record StatusJson(List<BackgroundTaskJson> tasks, List<String> notFound) {}

  private Object status(Caller caller, JobReader.Ids asked) {
    if (asked.one()) {
      String id = asked.ids().getFirst();
      return find(caller, id).orElseThrow(() -> new Problem.NotFound("task: " + id).refused());
    }
    List<BackgroundTaskJson> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String id : asked.ids()) {
      find(caller, id).ifPresentOrElse(found::add, () -> missing.add(id));
    }
    return new StatusJson(found, missing);
  }

  private Optional<BackgroundTaskJson> find(Caller caller, String id) {
    try {
      return TaskId.parse(id).map(named -> tasks.find(caller, named)).flatMap(shown::shown);
    } catch (Problem.Refused refused) {
      if (refused.problem() instanceof Problem.TaskNotFound) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @JsonNaming(LowerCamelCaseStrategy.class)
  record ProcessedJson(String taskId, @Nullable String status) {}

  private ResponseEntity<?> process(HttpServletRequest request) throws IOException {
    byte[] body = body(request);
    signatures.require(request, body);
    Optional<TaskId> task = taskIn(body);
    if (task.isEmpty()) {
      return ResponseEntity.status(GIVE_UP)
          .header("Upstash-NonRetryable-Error", "true")
          .body(new ProcessedJson("", null));
    }
    ResponseEntity<PushedTasks.PushedJson> answer = pushed.run(task.get());
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .body(
            new ProcessedJson(
                task.get().toString(),
                Optional.ofNullable(answer.getBody())
                    .map(PushedTasks.PushedJson::status)
                    .orElse(null)));
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes((int) JsonBodies.MAX_BYTES + 1);
    if (body.length > JsonBodies.MAX_BYTES) {
      throw new Problem.TooLarge("The body", JsonBodies.MAX_BYTES).refused();
    }
    return body;
  }

  private Optional<TaskId> taskIn(byte[] body) {
    try {
      return JobReader.pushed(json.readTree(body)).flatMap(TaskId::parse);
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }
}
