package dev.errand.engine.lease;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Hands out leases and takes what attempts write under them.
///
/// A lease lives as long as its worker: one heartbeat keeps all leases of a worker. Every write is
/// one guarded statement; `false` means that the lease is lost and nothing was written. A write
/// that threw [StoreUnavailable] may have been made all the same; repeated at once, it is made only
/// once. Thread-safe; every method may block and may throw [StoreUnavailable].
public interface Leases {

  /// Makes a worker known. It is declared dead when its session ends without [Session#close] or
  /// when `leaseFor` passes without a heartbeat.
  Session open(NewWorker worker);

  /// Declares dead every worker whose session has ended or whose last heartbeat is too old, and
  /// puts its tasks back in their queues, or fails those that lost their worker too often.
  ///
  /// @return how many tasks were rescued
  int rescue();

  /// A worker as it presents itself.
  ///
  /// @param types the task types it can run
  /// @param leaseFor how long a silent worker keeps its leases, at least 1 second
  record NewWorker(String name, List<String> types, int concurrency, Duration leaseFor) {
    public NewWorker {
      types = List.copyOf(types);
    }
  }

  /// One worker's registration, from [Leases#open] until it is closed or declared dead.
  interface Session extends AutoCloseable {

    /// Leases up to `limit` due tasks to this worker, by priority and then oldest due first; empty
    /// when nothing is due or this worker was declared dead. Never waits for work. Leases that an
    /// earlier call could not answer come first.
    List<Lease> claim(int limit);

    /// Keeps this worker's leases for another `leaseFor`; false when it was declared dead.
    ///
    /// Call it from one thread.
    boolean heartbeat();

    /// Which of this worker's tasks somebody wants to cancel.
    List<TaskId> cancelRequests();

    /// Which leases this worker holds besides those with `tokens`: when these are all it knows of,
    /// the ones that it was given without hearing of it.
    List<Lease> heldBesides(Set<UUID> tokens);

    /// Ends the registration; leases that are still held are rescued.
    @Override
    void close();
  }

  /// Appends events and, where they say so, changes the task's visible progress.
  boolean append(Lease lease, List<NewEvent> events);

  /// Appends lines to the task's log.
  boolean log(Lease lease, List<LogLine> lines);

  /// Records a finished step and its value; the value of a step that is known already stays.
  ///
  /// @param value JSON text
  boolean finishStep(Lease lease, String step, String value);

  /// The values of the task's finished steps, JSON text by name.
  Map<String, String> steps(TaskId task);

  /// Ends the attempt: the only way a lease is given up in good order.
  boolean end(Lease lease, Outcome outcome);
}
