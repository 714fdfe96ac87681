package dev.errand.server.metrics;

import dev.errand.engine.lease.ForwardingLeases;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.lease.Rescued;
import dev.errand.engine.task.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Counts what is claimed, ended and rescued.
public final class MeasuredLeases extends ForwardingLeases {
  private final TaskMeters meters;

  public MeasuredLeases(Leases leases, TaskMeters meters) {
    super(leases);
    this.meters = meters;
  }

  @Override
  public boolean end(Lease lease, Outcome outcome) {
    boolean ended = super.end(lease, outcome);
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
  public Rescued rescue() {
    Rescued rescued = super.rescue();
    meters.rescued.increment(rescued.requeued());
    rescued.ended().forEach(this::count);
    return rescued;
  }

  private void count(Rescued.Ended task) {
    TaskMeters.OfType ofType = meters.of(task.type());
    (task.status() == TaskStatus.CANCELLED ? ofType.cancelled : ofType.failed).increment();
  }

  @Override
  public Session open(NewWorker worker) {
    return new MeasuredSession(super.open(worker));
  }

  private final class MeasuredSession extends ForwardingSession {
    MeasuredSession(Session session) {
      super(session);
    }

    @Override
    public Hold hold(int limit) {
      return new MeasuredHold(super.hold(limit));
    }
  }

  private final class MeasuredHold extends ForwardingHold {
    MeasuredHold(Hold hold) {
      super(hold);
    }

    @Override
    public List<Lease> settle(Map<Lease, String> completed, List<Lease> kept) {
      List<Lease> leased = super.settle(completed, kept);
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
      if (!leased()) {
        Duration waited = waited(lease);
        // The database's clock may have been set back since.
        meters.pickUp.record(waited.isNegative() ? Duration.ZERO : waited);
      }
    }
  }
}
