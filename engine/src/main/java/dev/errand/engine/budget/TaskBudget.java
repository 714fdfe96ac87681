package dev.errand.engine.budget;

import dev.errand.engine.attempt.LeaseLost;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Budgets.Answer;
import dev.errand.engine.budget.Budgets.Request;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.task.StoreUnavailable;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/// The budget of one attempt. Thread-safe.
public final class TaskBudget implements Budget {
  private final Lease lease;
  private final Budgets budgets;
  private final BudgetLimits limits;
  private final Retry retry;

  /// Makes a call again while the store is away.
  public interface Retry {
    /// @throws StoreUnavailable once waiting was given up
    <T> T call(Supplier<T> call);
  }

  /// @param limits of the installation, narrowed to what the task itself may spend
  public TaskBudget(Lease lease, Budgets budgets, BudgetLimits limits, Retry retry) {
    this.lease = lease;
    this.budgets = budgets;
    this.limits = limits;
    this.retry = retry;
  }

  @Override
  public Reservation reserve(Spending estimate) throws TaskFailure {
    UUID id = UUID.randomUUID();
    Request request = new Request(id, lease, estimate, limits);
    return switch (retry.call(() -> budgets.reserve(request))) {
      case Answer.Reserved() -> new Reservation(estimate, actual -> settle(id, actual));
      case Answer.LeaseLost() -> throw new LeaseLost(lease);
      case Answer.Refused(var overrun) -> throw failure(overrun, estimate);
    };
  }

  /// When the store does not come back, the reservation is settled at its estimate by those who
  /// settle what was abandoned.
  private void settle(UUID id, Spending actual) {
    retry.call(() -> {
      budgets.settle(id, actual);
      return true;
    });
  }

  private static TaskFailure failure(Overrun overrun, Spending estimate) {
    String message = overrun.explain(estimate);
    boolean fitsTomorrow =
        overrun.scope().daily() && !Overrun.exceeds(estimate, Account.EMPTY, overrun.limit());
    return fitsTomorrow
        ? TaskFailure.busy("budget_exceeded", message, untilReset(overrun))
        : TaskFailure.permanent("budget_exceeded", message);
  }

  private static Duration untilReset(Overrun overrun) {
    return Objects.requireNonNull(overrun.resetsIn(), "A daily budget begins anew");
  }
}
