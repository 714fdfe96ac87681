package dev.errand.testkit.contract;

import dev.errand.engine.lease.ForwardingLeases;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Leases of a store that makes mistakes.
final class StumblingLeases extends ForwardingLeases {
  private final AtomicBoolean losesClaim = new AtomicBoolean();
  private final AtomicBoolean losesAnswer = new AtomicBoolean();
  private final AtomicReference<@Nullable List<Lease>> unanswered = new AtomicReference<>();
  private volatile Predicate<Outcome> refused = _ -> false;

  StumblingLeases(Leases leases) {
    super(leases);
  }

  /// The next claim that is given a lease does not hear of it.
  StumblingLeases losesAClaim() {
    losesClaim.set(true);
    return this;
  }

  /// The connection is cut after the next claim that is given a lease; its leases come again with
  /// the hold after it.
  StumblingLeases losesTheAnswerToAClaim() {
    losesAnswer.set(true);
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
    return super.end(lease, outcome);
  }

  @Override
  public Session open(NewWorker worker) {
    return new ForgetfulSession(super.open(worker));
  }

  private final class ForgetfulSession extends ForwardingSession {
    ForgetfulSession(Session session) {
      super(session);
    }

    @Override
    public Hold hold(int limit) {
      List<Lease> leased = unanswered.getAndSet(null);
      return leased == null ? new ForgetfulHold(super.hold(limit)) : new LateHold(leased);
    }
  }

  private final class ForgetfulHold extends ForwardingHold {
    ForgetfulHold(Hold hold) {
      super(hold);
    }

    @Override
    public List<Lease> settle(Map<Lease, String> completed, List<Lease> kept) {
      List<Lease> leased = super.settle(completed, kept);
      if (leased.isEmpty()) {
        return leased;
      }
      if (losesAnswer.getAndSet(false)) {
        unanswered.set(leased);
        throw new StoreUnavailable("the connection was cut", new IOException());
      }
      return losesClaim.getAndSet(false) ? List.of() : leased;
    }
  }

  /// The leases that an earlier settling could not answer.
  private record LateHold(List<Lease> leases) implements Hold {
    @Override
    public Duration waited(Lease lease) {
      return Duration.ZERO;
    }

    @Override
    public boolean leased() {
      return true;
    }

    @Override
    public boolean urgent() {
      return false;
    }

    @Override
    public List<Lease> settle(Map<Lease, String> completed, List<Lease> kept) {
      return kept;
    }

    @Override
    public void close() {
      // The leases stay with the worker.
    }
  }
}
