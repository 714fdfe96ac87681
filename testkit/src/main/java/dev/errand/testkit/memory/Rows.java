package dev.errand.testkit.memory;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Rescued;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Idempotency;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore.Submitted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The state that the in-memory stores share. Everything but [#locked] is called within it.
class Rows {
  /// The order of a database: byte by byte, which for a UUIDv7 is the order of submission.
  static final Comparator<UUID> BY_BYTES =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  /// Within a lane.
  static final Comparator<TaskRow> ORDER_OF_SERVICE =
      Comparator.comparing(TaskRow::rank)
          .thenComparing(TaskRow::id, Comparator.comparing(TaskId::value, BY_BYTES));

  private static final Duration LONGEST_HOLD = Duration.ofSeconds(2);

  private final InstantSource clock;
  private boolean away;
  private boolean alone;

  private final NavigableMap<TaskId, TaskRow> tasks =
      new TreeMap<>(Comparator.comparing(TaskId::value, BY_BYTES));
  private final Map<OwnedKey, KeyUse> keys = new HashMap<>();
  private final Set<InMemorySession> openSessions = new LinkedHashSet<>();
  private final Set<Grip> grips = new HashSet<>();
  private final Line line;
  private final Map<UUID, Artifact> artifacts = new HashMap<>();
  private final Map<ArtifactPlace, UUID> places = new HashMap<>();

  Rows(InstantSource clock) {
    this(clock, new Line());
  }

  Rows(InstantSource clock, Line line) {
    this.clock = clock;
    this.line = line;
  }

  /// For a single thread, which nobody would ever wake: where it would wait, it fails.
  final Rows forOneThread() {
    alone = true;
    return this;
  }

  final InstantSource clock() {
    return clock;
  }

  /// Runs `call` alone and at one moment.
  final synchronized <T extends @Nullable Object> T locked(Function<Instant, T> call) {
    if (away) {
      throw new StoreUnavailable(
          "The store is away", new IllegalStateException("by a test's wish"));
    }
    return call.apply(clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  final synchronized void away(boolean now) {
    away = now;
  }

  // --- tasks

  Submitted submit(NewTask task, Instant now) {
    TaskRow known = tasks.get(task.id());
    if (known != null) {
      return known.stored();
    }
    Optional<Submitted> earlier = standsFor(task);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    Idempotency idempotency = task.idempotency();
    if (idempotency != null) {
      keys.put(
          new OwnedKey(task.owner(), idempotency.key()),
          new KeyUse(task.id(), idempotency.fingerprint()));
    }
    TaskRow row = newRow(task, now);
    tasks.put(task.id(), row);
    return row.stored();
  }

  /// What the key of a task that is not stored has been used for.
  final Optional<Submitted> standsFor(NewTask task) {
    Idempotency idempotency = task.idempotency();
    if (idempotency == null || tasks.containsKey(task.id())) {
      return Optional.empty();
    }
    return Optional.ofNullable(keys.get(new OwnedKey(task.owner(), idempotency.key())))
        .map(earlier ->
            earlier.fingerprint().equals(idempotency.fingerprint())
                ? new Submitted.Known(earlier.task())
                : new Submitted.KeyReused(earlier.task()));
  }

  TaskRow newRow(NewTask task, Instant now) {
    return new TaskRow(task, now, new Trail());
  }

  final Optional<TaskRow> task(TaskId id) {
    return Optional.ofNullable(tasks.get(id));
  }

  final List<TaskRow> newestFirst() {
    return List.copyOf(tasks.descendingMap().values());
  }

  final List<TaskRow> ofBatch(UUID batch) {
    return tasks.values().stream().filter(row -> batch.equals(row.batch())).toList();
  }

  // --- leases

  final void opened(InMemorySession session) {
    openSessions.add(session);
  }

  final void closed(InMemorySession session) {
    openSessions.remove(session);
  }

  final boolean open(InMemorySession session) {
    return openSessions.contains(session);
  }

  /// Those that are open and those that still hold tasks, in the order in which they were opened.
  final List<InMemorySession> sessions() {
    Set<InMemorySession> known = new LinkedHashSet<>(openSessions);
    tasks.values().stream().map(TaskRow::holder).filter(Objects::nonNull).forEach(known::add);
    return known.stream().sorted(InMemorySession.OLDEST_FIRST).toList();
  }

  /// What a worker for `types` may claim next, in the order of service.
  Line.Look claimable(List<String> types, int limit, Line.Place last, Grip grip, Instant now) {
    List<TaskRow> open = unended();
    open.stream()
        .filter(row -> row.waiting() && !row.inLine() && !row.dueAt().isAfter(now))
        .filter(this::free)
        .forEach(grip::bringIntoLine);
    List<TaskRow> due =
        open.stream()
            .filter(row -> row.waiting() && (row.inLine() || grip.broughtIntoLine(row)))
            .toList();
    List<TaskRow> running = open.stream().filter(row -> row.holder() != null).toList();
    return line.next(due, running, limit, last, new Reach(types, grip, now));
  }

  /// What a claim can reach while others hold something.
  private final class Reach implements Line.Reach {
    private final List<String> types;
    private final Grip grip;
    private final Instant now;

    Reach(List<String> types, Grip grip, Instant now) {
      this.types = types;
      this.grip = grip;
      this.now = now;
    }

    @Override
    public boolean free(TaskRow row) {
      return types.contains(row.type()) && !row.expired(now) && Rows.this.free(row);
    }

    @Override
    public boolean mayCountQueue(String queue) {
      boolean free = grips.stream().noneMatch(other -> other.countsQueue(queue));
      if (free) {
        grip.countQueue(queue);
      }
      return free;
    }

    @Override
    public boolean mayCountLane(long lane) {
      boolean free = grips.stream().noneMatch(other -> other.countsLane(lane));
      if (free) {
        grip.countLane(lane);
      }
      return free;
    }
  }

  final List<TaskRow> unended() {
    return tasks.values().stream().filter(row -> row.waiting() || row.holder() != null).toList();
  }

  final Line line() {
    return line;
  }

  /// While somebody holds a task, nobody else changes it.
  final void hold(Grip grip) {
    grips.add(grip);
  }

  final synchronized void letGo(Grip grip) {
    grips.remove(grip);
    notifyAll();
  }

  private boolean free(TaskRow row) {
    return grips.stream().noneMatch(grip -> grip.has(row));
  }

  /// Whether nobody holds `task` just now.
  final boolean free(TaskId task) {
    return task(task).filter(row -> !free(row)).isEmpty();
  }

  /// As [#locked], once nobody holds `task`.
  ///
  /// @throws StoreUnavailable when somebody holds it for seconds
  final synchronized <T extends @Nullable Object> T lockedWhenFree(
      TaskId task, Function<Instant, T> call) {
    try {
      long deadline = System.nanoTime() + LONGEST_HOLD.toNanos();
      while (!free(task)) {
        if (alone) {
          throw new IllegalStateException("Nobody lets go of " + task);
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new StoreUnavailable("Somebody holds the task", new TimeoutException());
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("The wait for a held task was cut short", e);
    }
    return locked(call);
  }

  final List<TaskRow> heldBy(InMemorySession session) {
    return tasks.values().stream().filter(row -> row.holder() == session).toList();
  }

  final Rescued rescue(Instant now) {
    openSessions.removeIf(session -> session.expired(now) || session.missed(now));
    List<TaskRow> lost = lost();
    lost.forEach(row -> row.rescue(now));
    List<Rescued.Ended> ended =
        lost.stream().map(TaskRow::rescuedByEnding).flatMap(Optional::stream).toList();
    return new Rescued(lost.size() - ended.size(), ended);
  }

  List<TaskRow> lost() {
    return tasks.values().stream()
        .filter(row -> row.holder() != null && !openSessions.contains(row.holder()))
        .toList();
  }

  /// One write of an attempt: happens only while its lease holds.
  final boolean underLease(Lease lease, BiConsumer<TaskRow, Instant> write) {
    return locked(now -> {
      Optional<TaskRow> row = task(lease.task()).filter(task -> task.holds(lease.token()));
      row.ifPresent(task -> write.accept(task, now));
      return row.isPresent();
    });
  }

  /// Forgets the tasks that have ended and are `over`, with all that belongs to them.
  ///
  /// @return how many
  int forget(Predicate<TaskRow> over) {
    int before = tasks.size();
    tasks.values().removeIf(row -> row.ended() && over.test(row));
    keys.values().removeIf(use -> !tasks.containsKey(use.task()));
    artifacts.values().removeIf(artifact -> !tasks.containsKey(artifact.task()));
    places.keySet().removeIf(place -> !tasks.containsKey(place.task()));
    return before - tasks.size();
  }

  // --- artifacts

  Artifact put(Artifact artifact) {
    ArtifactPlace place = new ArtifactPlace(artifact.task(), artifact.type(), artifact.name());
    UUID id = places.computeIfAbsent(place, _ -> artifact.id());
    return artifacts.merge(id, inMicroseconds(artifact), Rows::replaced);
  }

  final void add(Artifact artifact) {
    artifacts.putIfAbsent(artifact.id(), inMicroseconds(artifact));
  }

  final Optional<Artifact> artifact(UUID id) {
    return Optional.ofNullable(artifacts.get(id));
  }

  final List<Artifact> artifactsOf(TaskId task) {
    return artifacts.values().stream()
        .filter(artifact -> artifact.task().equals(task))
        .sorted(Comparator.comparing(Artifact::createdAt).thenComparing(Artifact::id, BY_BYTES))
        .toList();
  }

  private static Artifact replaced(Artifact old, Artifact by) {
    return new Artifact(
        old.id(),
        old.task(),
        old.owner(),
        by.name(),
        by.type(),
        by.contentType(),
        by.size(),
        by.sha256(),
        old.createdAt());
  }

  private static Artifact inMicroseconds(Artifact artifact) {
    return new Artifact(
        artifact.id(),
        artifact.task(),
        artifact.owner(),
        artifact.name(),
        artifact.type(),
        artifact.contentType(),
        artifact.size(),
        artifact.sha256(),
        artifact.createdAt().truncatedTo(ChronoUnit.MICROS));
  }

  private record OwnedKey(String owner, String key) {}

  private record KeyUse(TaskId task, String fingerprint) {}

  private record ArtifactPlace(TaskId task, String type, String name) {}
}
