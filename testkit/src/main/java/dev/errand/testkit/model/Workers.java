package dev.errand.testkit.model;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.testkit.model.Operation.LeaseRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// The workers of a run and every lease they ever got.
final class Workers implements AutoCloseable {
  private static final Comparator<Lease> BY_TASK =
      Comparator.comparing(lease -> lease.task().toString());

  private final Sides sides;
  private final Names names;
  private final Map<Integer, Both<Session>> sessions = new HashMap<>();
  private final Map<TaskRef, List<Both<Lease>>> leases = new HashMap<>();
  private final Map<Integer, Both<Hold>> holds = new HashMap<>();
  private final Set<TaskRef> running = new LinkedHashSet<>();

  Workers(Sides sides, Names names) {
    this.sides = sides;
    this.names = names;
  }

  /// The tasks that a worker holds now.
  Set<TaskRef> running() {
    return running;
  }

  void open(Operation.Open open) {
    close(open.worker());
    NewWorker worker = new NewWorker("w" + open.worker(), open.types(), 10, open.leaseFor());
    sessions.put(open.worker(), sides.both(side -> side.leases().open(worker)));
  }

  /// Ends the registration. The worker may still try to work with it.
  void close(int worker) {
    ask(
        worker,
        session -> {
          session.close();
          return worker;
        });
  }

  /// The order of the leases is free: a worker runs them all at once.
  Set<TaskRef> claim(int worker, int limit, Comparison comparison) {
    Optional<Both<List<Lease>>> claimed = ask(worker, session -> sorted(session.claim(limit)));
    if (claimed.isEmpty() || !comparison.sameLeases("lease", claimed.get())) {
      return Set.of();
    }
    return keep(claimed.get().subject(), claimed.get().reference());
  }

  private Set<TaskRef> keep(List<Lease> subject, List<Lease> reference) {
    Set<TaskRef> tasks = new LinkedHashSet<>();
    for (int i = 0; i < reference.size(); i++) {
      TaskRef task = names.name(reference.get(i).task());
      leases
          .computeIfAbsent(task, _ -> new ArrayList<>())
          .add(new Both<>(subject.get(i), reference.get(i)));
      tasks.add(task);
    }
    running.addAll(tasks);
    return tasks;
  }

  /// The tasks that were held, whatever became of them.
  Set<TaskRef> serve(int worker, int limit, Comparison comparison) {
    Optional<Both<Served>> served = ask(worker, session -> serve(session, limit));
    if (served.isEmpty()) {
      return Set.of();
    }
    Both<Served> both = served.get();
    if (!comparison.sameLeases("held", new Both<>(both.subject().held(), both.reference().held()))
        || !comparison.sameLeases(
            "kept", new Both<>(both.subject().kept(), both.reference().kept()))) {
      return Set.of();
    }
    keep(both.subject().kept(), both.reference().kept());
    return named(both.reference().held());
  }

  private record Served(List<Lease> held, List<Lease> kept) {}

  private static Served serve(Session session, int limit) {
    try (Hold hold = session.hold(limit)) {
      List<Lease> held = sorted(hold.leases());
      return new Served(held, settle(hold, held));
    }
  }

  /// Completes some, keeps some and lets go of the others.
  private static List<Lease> settle(Hold hold, List<Lease> held) {
    Map<Lease, String> completed = new HashMap<>();
    List<Lease> kept = new ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      switch (i % 4) {
        case 0, 2 -> completed.put(held.get(i), "{\"served\":" + i + "}");
        case 1 -> kept.add(held.get(i));
        default -> {}
      }
    }
    return sorted(hold.settle(completed, kept));
  }

  // --- holds that last

  void takeHold(int worker, int limit, Comparison comparison) {
    dropHold(worker);
    ask(worker, session -> session.hold(limit))
        .ifPresent(hold -> {
          holds.put(worker, hold);
          comparison.sameLeases("held", held(hold));
        });
  }

  private static Both<List<Lease>> held(Both<Hold> hold) {
    return new Both<>(sorted(hold.subject().leases()), sorted(hold.reference().leases()));
  }

  void dropHold(int worker) {
    Both<Hold> hold = holds.remove(worker);
    if (hold != null) {
      hold.subject().close();
      hold.reference().close();
    }
  }

  /// The tasks that were held, whatever became of them.
  ///
  /// When the store's process dies meanwhile, it has settled all of them or none. What it leased
  /// without being heard is what the worker is given next.
  Set<TaskRef> settleHold(int worker, Consumer<Comparison> seen, Comparison comparison) {
    Both<Hold> hold = holds.remove(worker);
    if (hold == null) {
      return Set.of();
    }
    Both<List<Lease>> held = held(hold);
    Set<TaskRef> tasks = named(held.reference());
    Optional<List<Lease>> answer = sides.unlessItDies(_ -> settle(hold.subject(), held.subject()));
    if (answer.isEmpty() && sides.differ(seen)) {
      List<Lease> kept = settle(hold.reference(), held.reference());
      List<Lease> heard = kept.isEmpty() ? List.of() : unheard(worker);
      compareKept(heard, kept, comparison);
    } else if (answer.isEmpty()) {
      hold.reference().close();
    } else {
      compareKept(answer.get(), settle(hold.reference(), held.reference()), comparison);
    }
    seen.accept(comparison);
    return tasks;
  }

  private List<Lease> unheard(int worker) {
    Session session = Objects.requireNonNull(sessions.get(worker)).subject();
    return sides.onSubject(_ -> {
      try (Hold hold = session.hold(1)) {
        return hold.leased() ? sorted(hold.settle(Map.of(), hold.leases())) : List.of();
      }
    });
  }

  private void compareKept(List<Lease> subject, List<Lease> reference, Comparison comparison) {
    if (comparison.sameLeases("kept", new Both<>(subject, reference))) {
      keep(subject, reference);
    }
  }

  Set<TaskRef> heldBy(int worker) {
    Both<Hold> hold = holds.get(worker);
    return hold == null ? Set.of() : named(hold.reference().leases());
  }

  private Set<TaskRef> named(List<Lease> leases) {
    Set<TaskRef> tasks = new LinkedHashSet<>();
    leases.forEach(lease -> tasks.add(names.name(lease.task())));
    return tasks;
  }

  void cut(int worker) {
    dropHold(worker);
    Both<Session> session = sessions.get(worker);
    if (session != null) {
      sides.both(side -> {
        side.cut().accept(side.own(session).id());
        return worker;
      });
    }
  }

  private static List<Lease> sorted(List<Lease> leases) {
    return leases.stream().sorted(BY_TASK).toList();
  }

  void heartbeat(int worker, Comparison comparison) {
    ask(worker, Session::heartbeat).ifPresent(answers -> comparison.same("heartbeat", answers));
  }

  void cancelRequests(int worker, Comparison comparison) {
    ask(worker, session -> Set.copyOf(session.cancelRequests()))
        .ifPresent(answers -> comparison.same("cancelRequests", answers));
  }

  private <T> Optional<Both<T>> ask(int worker, Function<Session, T> question) {
    return Optional.ofNullable(sessions.get(worker))
        .map(session -> sides.both(side -> question.apply(side.own(session))));
  }

  /// The lease on both sides, if there was one such.
  Optional<Both<Lease>> lease(LeaseRef ref) {
    List<Both<Lease>> given = leases.getOrDefault(ref.task(), List.of());
    int index = given.size() - 1 - ref.age();
    return index < 0 ? Optional.empty() : Optional.of(given.get(index));
  }

  /// Writes under a lease, if there was one such; it may have been lost long ago.
  ///
  /// @return the answers
  <T> Optional<Both<T>> underLease(LeaseRef ref, Write<T> write) {
    return lease(ref).map(given -> sides.both(side -> write.write(side, side.own(given))));
  }

  /// Forgets among the running tasks those that no longer run.
  void settle() {
    running.removeIf(task -> status(names.task(task)) != TaskStatus.RUNNING);
  }

  private TaskStatus status(TaskId task) {
    return sides.reference().tasks().find(task).map(Task::status).orElse(TaskStatus.CANCELLED);
  }

  @Override
  public void close() {
    List.copyOf(holds.keySet()).forEach(this::dropHold);
    sessions.values().forEach(session -> session.subject().close());
  }

  /// Something an attempt writes.
  interface Write<T> {
    T write(Side side, Lease lease);
  }
}
