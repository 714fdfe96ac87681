package dev.errand.server.queue;

import dev.errand.engine.access.Caller;
import dev.errand.engine.lease.WorkerStatus;
import dev.errand.engine.lease.Workers;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /workers`: who runs tasks, on all nodes.
@RestController
public final class WorkersDoor {
  private final Workers workers;

  public WorkersDoor(Workers workers) {
    this.workers = workers;
  }

  /// @param running attempts that it runs now
  /// @param alive false for one that is silent and whose tasks are about to be rescued
  public record WorkerJson(
      String name,
      List<String> types,
      int concurrency,
      Instant startedAt,
      Instant heartbeatAt,
      int running,
      boolean alive) {
    static WorkerJson of(WorkerStatus worker) {
      return new WorkerJson(
          worker.name(),
          worker.types(),
          worker.concurrency(),
          worker.startedAt(),
          worker.heartbeatAt(),
          worker.running(),
          worker.alive());
    }
  }

  /// @param nextCursor always absent: all workers are one page
  public record WorkersJson(List<WorkerJson> workers, @Nullable String nextCursor) {}

  @GetMapping("/workers")
  WorkersJson all(Caller caller) {
    caller.requireOperator("Looking at workers");
    return new WorkersJson(workers.all().stream().map(WorkerJson::of).toList(), null);
  }
}
