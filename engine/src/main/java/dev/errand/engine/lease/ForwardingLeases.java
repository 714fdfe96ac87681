package dev.errand.engine.lease;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Passes every call on to other leases, so that a decorator overrides only what it changes.
public abstract class ForwardingLeases implements Leases {
  private final Leases leases;

  protected ForwardingLeases(Leases leases) {
    this.leases = leases;
  }

  @Override
  public Session open(NewWorker worker) {
    return leases.open(worker);
  }

  @Override
  public Rescued rescue() {
    return leases.rescue();
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

  @Override
  public boolean end(Lease lease, Outcome outcome) {
    return leases.end(lease, outcome);
  }

  /// Passes every call on to another session; [Session#claim] goes through [#hold].
  public abstract static class ForwardingSession implements Session {
    private final Session session;

    protected ForwardingSession(Session session) {
      this.session = session;
    }

    @Override
    public UUID id() {
      return session.id();
    }

    @Override
    public Hold hold(int limit) {
      return session.hold(limit);
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

  /// Passes every call on to another hold.
  public abstract static class ForwardingHold implements Hold {
    private final Hold hold;

    protected ForwardingHold(Hold hold) {
      this.hold = hold;
    }

    @Override
    public List<Lease> leases() {
      return hold.leases();
    }

    @Override
    public Duration waited(Lease lease) {
      return hold.waited(lease);
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
    public List<Lease> settle(Map<Lease, String> completed, List<Lease> kept) {
      return hold.settle(completed, kept);
    }

    @Override
    public void close() {
      hold.close();
    }
  }
}
