package dev.errand.testkit.contract;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Leases of a store that makes mistakes.
final class StumblingLeases implements Leases {
  private final Leases leases;
  private final AtomicInteger claimsToLose = new AtomicInteger();
  private volatile Predicate<Outcome> refused = _ -> false;

  StumblingLeases(Leases leases) {
    this.leases = leases;
  }

  /// The next claim that is given a lease does not hear of it.
  StumblingLeases losesAClaim() {
    claimsToLose.set(1);
    return this;
  }

  /// Every end with such an outcome fails, and not because the store is away.
  StumblingLeases refuses(Predicate<Outcome> outcomes) {
    refused = outcomes;
    return this;
  }

  @Override
  public boolean end(Lease lease, Outcome outcome) {
    if (refused.test(outcome)) {
      throw new IllegalStateException("the store refuses " + outcome);
    }
    return leases.end(lease, outcome);
  }

  @Override
  public Session open(NewWorker worker) {
    return new ForgetfulSession(leases.open(worker));
  }

  private final class ForgetfulSession implements Session {
    private final Session session;

    ForgetfulSession(Session session) {
      this.session = session;
    }

    @Override
    public UUID id() {
      return session.id();
    }

    @Override
    public Hold hold(int limit) {
      return new ForgetfulHold(session.hold(limit));
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

  private final class ForgetfulHold implements Hold {
    private final Hold hold;

    ForgetfulHold(Hold hold) {
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
      List<Lease> leased = hold.settle(completed, kept);
      return !leased.isEmpty() && claimsToLose.getAndSet(0) > 0 ? List.of() : leased;
    }

    @Override
    public void close() {
      hold.close();
    }
  }

  @Override
  public int rescue() {
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
}
