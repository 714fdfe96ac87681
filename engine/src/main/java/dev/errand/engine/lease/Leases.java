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
  /// puts its tasks back in their queues. Those that somebody wants cancelled, and those that lost
  /// their worker too often, end instead.
  Rescued rescue();

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

    /// Names this registration.
    UUID id();

    /// Puts a hand on up to `limit` due tasks. Never waits for work.
    ///
    /// Owners take turns, and an owner's concurrency keys too. The order of one's tasks is by
    /// priority and then oldest due first; a task that has waited an hour goes before one of the
    /// next higher priority that has just come due. Paused queues, and queues and concurrency keys
    /// with as many attempts running as they may, are passed over. Leases that an earlier call
    /// could not answer come first.
    Hold hold(int limit);

    /// Leases up to `limit` due tasks to this worker, in the order of [#hold]; empty when nothing
    /// is due or this worker was declared dead.
    default List<Lease> claim(int limit) {
      try (Hold hold = hold(limit)) {
        return hold.settle(Map.of(), hold.leases());
      }
    }

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

  /// Tasks that nobody else can claim, cancel or change for the blink of an eye. What a quick
  /// handler completes within it costs one write; what takes longer is leased. Should the worker
  /// die, the tasks are free at once, as if nobody had touched them. For one thread; a hold that is
  /// kept for seconds is broken by the store.
  interface Hold extends AutoCloseable {

    /// They are good for nothing but [#settle], unless they are [#leased].
    List<Lease> leases();

    /// How long the task of one of the [#leases] had been due when it was held; zero where that is
    /// not known.
    Duration waited(Lease lease);

    /// Whether these are leases already: those that an earlier settling could not answer.
    boolean leased();

    /// Whether others wait for a limit that applies to these tasks: then settle at once.
    boolean urgent();

    /// Ends the tasks in `completed` with their results, leases those in `kept` to the worker and
    /// lets go of the others. The end of the hold.
    ///
    /// @param completed JSON text by lease
    /// @return those of `kept` that are leased: none when the worker was declared dead
    /// @throws StoreUnavailable when the answer was lost: what was completed may have ended or may
    ///   be run again, and what was kept is found by a later [Session#hold] if it was leased
    List<Lease> settle(Map<Lease, String> completed, List<Lease> kept);

    /// Lets go of all tasks, unless they were settled.
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
