package dev.errand.server.compat.push;

import dev.errand.engine.problem.Problem;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.server.event.LiveStreams;
import dev.errand.server.security.RequestToken;
import dev.errand.server.security.TaskTokens;
import dev.errand.server.task.TaskWaiter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// Answers the calls by which a queue outside hands us a task to run.
///
/// The task is run by the engine's own workers and by nobody else, however often it is handed over:
/// the call wakes them and waits. `2xx` says that nothing is left to do, `503` that the queue
/// should ask again. Thread-safe.
public final class PushedTasks {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATEST = Duration.ofHours(1);

  private final TaskTokens tokens;
  private final TaskWaiter waiter;
  private final Signals signals;
  private final LiveStreams streams;
  private final InstantSource clock;
  private final Duration patience;

  /// @param patience how long a call may take, less than the queue waits for an answer
  public PushedTasks(
      TaskTokens tokens,
      TaskWaiter waiter,
      Signals signals,
      LiveStreams streams,
      InstantSource clock,
      Duration patience) {
    this.tokens = tokens;
    this.waiter = waiter;
    this.signals = signals;
    this.streams = streams;
    this.clock = clock;
    this.patience = patience;
  }

  /// @param status absent for a task that is no longer kept
  public record PushedJson(String taskId, @Nullable String status) {}

  /// @throws Problem.Refused unless the request carries a token for just this task
  public void requireToken(HttpServletRequest request, String task) {
    boolean valid =
        RequestToken.of(request)
            .flatMap(tokens::find)
            .filter(named -> named.toString().equals(task))
            .isPresent();
    if (!valid) {
      throw new Problem.Unauthorized("This call needs the token that was issued for its task.")
          .refused();
    }
  }

  /// Lets the engine run the task to its end, and waits for that.
  public ResponseEntity<PushedJson> run(TaskId id) {
    signals.work();
    Optional<Task> task = ended(id);
    if (task.isEmpty()) {
      // It was pruned: it ended long ago.
      return ResponseEntity.ok(new PushedJson(id.toString(), null));
    }
    PushedJson answer = new PushedJson(id.toString(), task.get().status().toString());
    if (task.get().status().terminal()) {
      return ResponseEntity.ok(answer);
    }
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header("Retry-After", String.valueOf(retryAfter(task.get()).toSeconds()))
        .body(answer);
  }

  private Optional<Task> ended(TaskId id) {
    AtomicReference<@Nullable Optional<Task>> ended = new AtomicReference<>();
    streams.run(() -> {
      Optional<Task> now = waiter.end(id, Duration.ZERO);
      boolean dueMuchLater =
          now.map(task -> task.status() == TaskStatus.PENDING && beyondPatience(task))
              .orElse(false);
      ended.set(now);
      if (!dueMuchLater) {
        ended.set(waiter.end(id, patience));
      }
    });
    Optional<Task> task = ended.get();
    if (task == null) {
      throw new Problem.Unavailable(SOON).refused();
    }
    return task;
  }

  private boolean beyondPatience(Task task) {
    return task.dueAt().isAfter(clock.instant().plus(patience));
  }

  private Duration retryAfter(Task task) {
    Instant now = clock.instant();
    Duration wait = task.dueAt().isAfter(now) ? Duration.between(now, task.dueAt()) : SOON;
    return wait.compareTo(LATEST) > 0 ? LATEST : wait.plusSeconds(1);
  }
}
