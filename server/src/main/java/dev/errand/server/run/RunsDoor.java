package dev.errand.server.run;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.run.Run;
import dev.errand.engine.run.Runs;
import dev.errand.engine.run.Runs.Processed;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.Tasks;
import dev.errand.server.json.Fields;
import dev.errand.server.page.Page;
import dev.errand.server.page.PageQuery;
import dev.errand.server.problem.Refusal;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `/runs`: one's own runs, what was measured and noted about them, and what was processed before.
@RestController
@RequestMapping("/runs")
public final class RunsDoor {
  private static final String INVALID = "invalid_run";

  private final Runs runs;
  private final Tasks tasks;

  public RunsDoor(Runs runs, Tasks tasks) {
    this.runs = runs;
    this.tasks = tasks;
  }

  /// @param body `{key, scope?, task_id?}`
  @PostMapping
  ResponseEntity<RunJson> start(Caller caller, ObjectNode body) {
    Fields fields = new Fields(body).only(List.of("key", "scope", "task_id")).require("key");
    String key = fields.text("key").orElse("");
    Optional<String> scope = fields.text("scope");
    Optional<TaskId> task = fields.word("task_id", "the id of a task", TaskId::parse);
    fields.orRefuse(INVALID);
    task.ifPresent(named -> tasks.find(caller, named));
    Run run = valid(() -> runs.start(caller.user(), key, scope.orElse(null), task.orElse(null)));
    return ResponseEntity.created(URI.create("/runs/" + run.id())).body(RunJson.of(run));
  }

  /// @param nextCursor leads to the next page, absent on the last one
  record RunsJson(List<RunJson> runs, @Nullable String nextCursor) {}

  @GetMapping
  RunsJson list(Caller caller, @RequestParam Map<String, String> parameters) {
    PageQuery query = PageQuery.of(parameters, caller, "key");
    List<Run> found =
        runs.list(caller.user(), parameters.get("key"), query.after(RunsDoor::id), query.limit());
    Page<Run> page = Page.of(found, query, run -> run.id().toString());
    return new RunsJson(page.shown(RunJson::of), page.next());
  }

  @GetMapping("/processed")
  Processed processed(
      Caller caller,
      @RequestParam("key") String key,
      @RequestParam(name = "scope", required = false) @Nullable String scope) {
    storable(scope);
    return runs.hasBeenProcessed(caller.user(), String.valueOf(storable(key)), scope);
  }

  /// @param key with its scope, such as `search:abc123`
  @GetMapping("/latest")
  RunJson latest(Caller caller, @RequestParam("key") String key) {
    return runs.latestRunForKey(caller.user(), String.valueOf(storable(key)))
        .map(RunJson::of)
        .orElseThrow(() -> new Problem.NotFound("run for this key").refused());
  }

  @GetMapping("/{id}")
  RunJson find(Caller caller, @PathVariable("id") String id) {
    Run run = named(caller, id);
    return RunJson.of(run, runs.metrics(run), runs.notes(run));
  }

  /// @param body `{status}`, completed or failed
  @PostMapping("/{id}/end")
  RunJson end(Caller caller, @PathVariable("id") String id, ObjectNode body) {
    Fields fields = new Fields(body).only(List.of("status")).require("status");
    Optional<Run.Status> status =
        fields.word(
            "status",
            "completed or failed",
            word -> Run.Status.of(word).filter(one -> one != Run.Status.RUNNING));
    fields.orRefuse(INVALID);
    Run run = named(caller, id);
    return runs.end(run.owner(), run.id(), status.orElseThrow())
        .map(RunJson::of)
        .orElseThrow(() -> unknown(id));
  }

  /// @param body `{name, value}`
  @PostMapping("/{id}/metrics")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void measure(Caller caller, @PathVariable("id") String id, ObjectNode body) {
    Fields fields =
        new Fields(body).only(List.of("name", "value")).require("name").require("value");
    String name = fields.text("name").orElse("");
    double value = fields.number("value").map(BigDecimal::doubleValue).orElse(0.0);
    fields.orRefuse(INVALID);
    Run run = named(caller, id);
    if (!valid(() -> runs.measure(run.owner(), run.id(), name, value))) {
      throw unknown(id);
    }
  }

  /// @param body `{text}`
  @PostMapping("/{id}/notes")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void note(Caller caller, @PathVariable("id") String id, ObjectNode body) {
    Fields fields = new Fields(body).only(List.of("text")).require("text");
    String text = fields.text("text").orElse("");
    fields.orRefuse(INVALID);
    Run run = named(caller, id);
    if (!valid(() -> runs.note(run.owner(), run.id(), text))) {
      throw unknown(id);
    }
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable("id") String id) {
    Run run = named(caller, id);
    runs.delete(run.owner(), run.id());
  }

  private Run named(Caller caller, String id) {
    return id(id).flatMap(named -> runs.find(caller, named)).orElseThrow(() -> unknown(id));
  }

  /// A run's id has the form of a task's.
  private static Optional<UUID> id(String text) {
    return TaskId.parse(text).map(TaskId::value);
  }

  private static @Nullable String storable(@Nullable String text) {
    if (text != null && text.indexOf('\0') >= 0) {
      throw new Problem.BadRequest("Parameters must not contain NUL.").refused();
    }
    return text;
  }

  private static <T> T valid(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidParams invalid) {
      throw Refusal.invalid(INVALID, invalid.violations()).refused();
    }
  }

  private static Problem.Refused unknown(String id) {
    return new Problem.NotFound("run: " + id).refused();
  }
}
