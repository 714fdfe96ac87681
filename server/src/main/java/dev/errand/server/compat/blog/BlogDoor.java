package dev.errand.server.compat.blog;

import dev.errand.engine.access.Caller;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.Tasks;
import dev.errand.engine.task.Tasks.NewBatch;
import dev.errand.server.compat.push.PushedTasks;
import dev.errand.server.compat.push.PushedTasks.PushedJson;
import dev.errand.server.event.LiveStreams;
import dev.errand.server.json.JsonBodies;
import dev.errand.server.page.Page;
import dev.errand.server.problem.Refusal;
import dev.errand.server.task.Submitting;
import dev.errand.server.task.TaskQuery;
import dev.errand.server.task.TaskRenderer;
import dev.errand.server.task.TaskWaiter;
import dev.errand.server.trace.Trace;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `/api/v1/blog`: has blog posts written, at once or while the caller does something else.
@RestController
@RequestMapping("/api/v1/blog")
public final class BlogDoor {
  private static final String JOBS = "/api/v1/blog/jobs/";
  private static final Duration COME_BACK_AFTER = Duration.ofSeconds(2);

  private final Tasks tasks;
  private final Submitting submitting;
  private final TaskWaiter waiter;
  private final LiveStreams streams;
  private final PushedTasks pushed;
  private final JsonBodies bodies;
  private final BlogJobs jobs;
  private final int largestBatch;
  private final Duration patience;

  /// How a door waits for what it has asked for.
  ///
  /// @param patience how long a caller waits for a post at most
  public record Waiting(TaskWaiter waiter, LiveStreams streams, Duration patience) {}

  public BlogDoor(
      Tasks tasks,
      Submitting submitting,
      TaskRenderer renderer,
      Waiting waiting,
      PushedTasks pushed,
      JsonBodies bodies,
      Limits limits,
      InstantSource clock) {
    this.tasks = tasks;
    this.submitting = submitting;
    this.waiter = waiting.waiter();
    this.streams = waiting.streams();
    this.patience = waiting.patience();
    this.pushed = pushed;
    this.bodies = bodies;
    this.jobs = new BlogJobs(tasks, renderer, clock);
    this.largestBatch = limits.maxBatchSize();
  }

  /// @param estimatedCompletionTime seconds, absent when nobody can tell yet
  public record CreatedJson(
      String jobId, String status, String message, @Nullable Long estimatedCompletionTime) {}

  @PostMapping("/generate-enhanced")
  ResponseEntity<?> generate(
      Caller caller,
      Trace trace,
      @RequestHeader(name = Submitting.IDEMPOTENCY_KEY, required = false) @Nullable String key,
      HttpServletRequest request,
      ObjectNode body) {
    boolean async = async(request);
    Task task =
        submitting.take(caller, trace, key, BlogReader.submission(body), BlogReader::pointer);
    return async ? created(task, "Blog generation job queued successfully") : written(task);
  }

  private static boolean async(HttpServletRequest request) {
    String[] modes = request.getParameterValues("async_mode");
    if (modes == null) {
      return false;
    }
    return switch (modes.length == 1 ? modes[0] : "") {
      case "true", "True", "1" -> true;
      case "false", "False", "0" -> false;
      default -> throw new Problem.BadRequest("async_mode must be true or false, once.").refused();
    };
  }

  private ResponseEntity<CreatedJson> created(Task task, String message) {
    return ResponseEntity.accepted()
        .location(URI.create(JOBS + task.id()))
        .body(
            new CreatedJson(
                task.id().toString(),
                BlogJobs.status(task.status()),
                message,
                jobs.secondsLeft(task).orElse(null)));
  }

  /// Waits for the post. The task goes on whether or not the caller still waits.
  private ResponseEntity<?> written(Task task) {
    Task ended = awaited(task);
    return switch (ended.status()) {
      case COMPLETED -> ResponseEntity.ok(jobs.shown(ended).result());
      case CANCELLED -> throw new Problem.Conflict("The job was cancelled.").refused();
      case FAILED ->
          throw Refusal.of(
                  HttpStatus.BAD_GATEWAY,
                  ended.error() == null ? "blog_generation_failed" : ended.error().code(),
                  String.valueOf(BlogJobs.errorMessage(ended)))
              .refused();
      case PENDING, QUEUED, RUNNING, RETRYING ->
          created(ended, "Blog generation takes longer and goes on; ask for the job");
    };
  }

  private Task awaited(Task task) {
    AtomicReference<@Nullable Task> ended = new AtomicReference<>();
    streams.run(() -> ended.set(waiter.end(task.id(), patience).orElse(task)));
    Task known = ended.get();
    if (known == null) {
      // The server stops; the job is safe.
      throw Refusal.of(new Problem.Unavailable(COME_BACK_AFTER))
          .with("Location", JOBS + task.id())
          .refused();
    }
    return known;
  }

  @GetMapping("/jobs/{job_id}")
  BlogJobJson find(Caller caller, @PathVariable("job_id") String id) {
    return jobs.shown(named(caller, id));
  }

  /// @param nextCursor leads to the next page, absent on the last one
  public record JobsJson(List<BlogJobJson> jobs, @Nullable String nextCursor) {}

  @GetMapping("/jobs")
  JobsJson list(Caller caller, @RequestParam Map<String, String> parameters) {
    Map<String, String> ours = new HashMap<>(parameters);
    ours.computeIfPresent(
        "status",
        (_, word) ->
            BlogJobs.status(word)
                .map(TaskStatus::toString)
                .orElseThrow(() ->
                    new Problem.BadRequest(
                            "status must be one of pending, queued, processing, completed, failed.")
                        .refused()));
    Page<Task> page =
        TaskQuery.of(ours, caller, "status").only(BlogReader.TYPE, null).list(tasks, caller);
    return new JobsJson(page.shown(jobs::shown), page.next());
  }

  @PostMapping("/jobs/{job_id}/cancel")
  BlogJobJson cancel(Caller caller, @PathVariable("job_id") String id) {
    return jobs.shown(tasks.cancel(caller, named(caller, id).id()));
  }

  public record BatchJson(String batchId, List<String> jobIds, String status, String message) {}

  @PostMapping("/batch")
  ResponseEntity<BatchJson> batch(
      Caller caller,
      Trace trace,
      @RequestHeader(name = Submitting.IDEMPOTENCY_KEY, required = false) @Nullable String key,
      ObjectNode body) {
    NewBatch batch =
        submitting.takeAll(
            caller, trace, key, BlogReader.batch(body, largestBatch), BlogReader::batchPointer);
    return ResponseEntity.accepted()
        .location(URI.create("/batches/" + batch.id()))
        .body(
            new BatchJson(
                batch.id().toString(),
                batch.tasks().stream().map(TaskId::toString).toList(),
                "queued",
                "%d blog generation jobs queued successfully".formatted(batch.tasks().size())));
  }

  /// What a queue outside calls to have a post written.
  @PostMapping("/worker")
  ResponseEntity<PushedJson> work(HttpServletRequest request) throws IOException {
    String id = bodies.readObject(request).path("job_id").asString("");
    pushed.requireToken(request, id);
    return TaskId.parse(id).map(pushed::run).orElseThrow(() -> unknown(id));
  }

  private Task named(Caller caller, String id) {
    return TaskId.parse(id)
        .map(named -> tasks.find(caller, named))
        .filter(task -> task.type().equals(BlogReader.TYPE))
        .orElseThrow(() -> unknown(id));
  }

  private static Problem.Refused unknown(String id) {
    return new Problem.NotFound("blog job: " + id).refused();
  }
}
