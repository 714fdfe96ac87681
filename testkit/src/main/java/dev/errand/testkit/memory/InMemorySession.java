package dev.errand.testkit.memory;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.WorkerStatus;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// A worker's registration in memory.
final class InMemorySession implements Session {
  /// As the store does that it stands for.
  private static final int LOOKS = 10;

  private static final Duration COMES_BACK_WITHIN = Duration.ofMillis(1_300);

  /// A heartbeat further in the future is from before the clock was set back.
  private static final Duration SLACK = Duration.ofSeconds(1);

  static final Comparator<InMemorySession> OLDEST_FIRST =
      Comparator.comparing(session -> session.startedAt);

  private final Rows rows;
  private final NewWorker worker;
  private final UUID id = UUID.randomUUID();
  private final Instant startedAt;
  private Instant lastHeartbeat;
  private Line.Place turn = Line.Place.FIRST;
  private boolean cut;

  InMemorySession(Rows rows, NewWorker worker, Instant now) {
    this.rows = rows;
    this.worker = worker;
    this.startedAt = now;
    this.lastHeartbeat = now;
  }

  @Override
  public UUID id() {
    return id;
  }

  WorkerStatus seen(int running, boolean alive) {
    return new WorkerStatus(
        worker.name(),
        worker.types(),
        worker.concurrency(),
        startedAt,
        lastHeartbeat,
        running,
        alive);
  }

  int concurrency() {
    return worker.concurrency();
  }

  List<String> types() {
    return worker.types();
  }

  String name() {
    return worker.name();
  }

  boolean expired(Instant now) {
    return !now.isBefore(lastHeartbeat.plus(worker.leaseFor()));
  }

  /// Whether it is missed: it has ended without a word, and not only a moment ago.
  boolean missed(Instant now) {
    return cut
        && (lastHeartbeat.isBefore(now.minus(COMES_BACK_WITHIN))
            || lastHeartbeat.isAfter(now.plus(SLACK)));
  }

  /// Ends it without a word; a heartbeat makes it anew.
  void cut() {
    cut = true;
  }

  @Override
  public Hold hold(int limit) {
    return rows.locked(now -> {
      for (int look = 0; look < LOOKS && rows.open(this); look++) {
        Grip grip = new Grip();
        Line.Look next = rows.claimable(worker.types(), limit, turn, grip, now);
        next.end().ifPresent(end -> turn = end);
        if (!next.tasks().isEmpty()) {
          return held(next.tasks(), grip, now);
        }
        if (next.end().isEmpty()) {
          break;
        }
      }
      return new InMemoryHold(rows, this, new Grip(), now, List.of());
    });
  }

  private InMemoryHold held(List<TaskRow> tasks, Grip grip, Instant now) {
    tasks.forEach(grip::take);
    rows.hold(grip);
    return new InMemoryHold(rows, this, grip, now, tasks.stream().map(TaskRow::nextLease).toList());
  }

  @Override
  public boolean heartbeat() {
    return rows.locked(now -> {
      boolean open = rows.open(this);
      if (open) {
        lastHeartbeat = now;
        cut = false;
      }
      return open;
    });
  }

  @Override
  public List<TaskId> cancelRequests() {
    return rows.locked(
        _ -> rows.heldBy(this).stream().filter(TaskRow::cancelRequested).map(TaskRow::id).toList());
  }

  @Override
  public List<Lease> heldBesides(Set<UUID> tokens) {
    return rows.locked(_ ->
        rows.heldBy(this).stream()
            .flatMap(row -> row.lease().stream())
            .filter(lease -> !tokens.contains(lease.token()))
            .toList());
  }

  @Override
  public void close() {
    rows.locked(_ -> {
      rows.closed(this);
      return true;
    });
  }
}
