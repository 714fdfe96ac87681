package dev.errand.server.metrics;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Counts what is claimed, ended and rescued.
public final class MeasuredLeases implements Leases {
  private final Leases leases;
  private final TaskMeters meters;

  public MeasuredLeases(Leases leases, TaskMeters meters) {
    this.leases = leases;
    this.meters = meters;
  }

  @Override
  public boolean end(Lease lease, Outcome outcome) {
    boolean ended = leases.end(lease, outcome);
    if (ended) {
      count(lease, outcome);
    }
    return ended;
  }

  private void count(Lease lease, Outcome outcome) {
    switch (outcome) {
      case Outcome.Completed _ -> meters.of(lease.type()).completed.increment();
      case Outcome.Failed _ -> meters.of(lease.type()).failed.increment();
      case Outcome.Cancelled _ -> meters.of(lease.type()).cancelled.increment();
      case Outcome.Retrying _, Outcome.Released _ -> {}
    }
  }

  @Override
  public int rescue() {
    int rescued = leases.rescue();
    meters.rescued.increment(rescued);
    return rescued;
  }

  @Override
  public Session open(NewWorker worker) {
    return new MeasuredSession(leases.open(worker), meters);
  }

  @Override
  public boolean append(Lease lease, List<NewEvent> events) {
    return leases.append(lease, events);
  }

  @Override
  public boolean log(Lease lease, List<LogLine> lines) {
    return leases.log(lease, lines);
  }

  @Override
  public boolean finishStep(Lease lease, String step, String value) {
    return leases.finishStep(lease, step, value);
  }

  @Override
  public Map<String, String> steps(TaskId task) {
    return leases.steps(task);
  }

  private record MeasuredSession(Session session, TaskMeters meters) implements Session {
    @Override
    public Hold hold(int limit) {
      return new MeasuredHold(session.hold(limit), meters);
    }

    @Override
    public UUID id() {
      return session.id();
    }

    @Override
    public boolean heartbeat() {
      return session.heartbeat();
    }

    @Override
    public List<TaskId> cancelRequests() {
      return session.cancelRequests();
    }

    @Override
    public List<Lease> heldBesides(Set<UUID> tokens) {
      return session.heldBesides(tokens);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  private record MeasuredHold(Hold hold, TaskMeters meters) implements Hold {
    @Override
    public List<Lease> settle(Map<Lease, String> completed, List<Lease> kept) {
      List<Lease> leased = hold.settle(completed, kept);
      completed
          .keySet()
          .forEach(lease -> {
            meters.of(lease.type()).completed.increment();
            started(lease);
          });
      leased.forEach(this::started);
      int claimed = completed.size() + leased.size();
      if (claimed > 0) {
        meters.claims.increment();
        meters.claimedTasks.increment(claimed);
      }
      return leased;
    }

    private void started(Lease lease) {
      if (!hold.leased()) {
        meters.pickUp.record(hold.waited(lease));
      }
    }

    @Override
    public Duration waited(Lease lease) {
      return hold.waited(lease);
    }

    @Override
    public List<Lease> leases() {
      return hold.leases();
    }

    @Override
    public boolean leased() {
      return hold.leased();
    }

    @Override
    public boolean urgent() {
      return hold.urgent();
    }

    @Override
    public void close() {
      hold.close();
    }
  }
}
