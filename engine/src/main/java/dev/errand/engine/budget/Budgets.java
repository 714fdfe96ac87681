package dev.errand.engine.budget;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.task.TaskId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/// Keeps what was reserved and spent. Thread-safe; every method may block and may throw
/// [dev.errand.engine.task.StoreUnavailable]; a call repeated after that counts once.
///
/// What is reserved and spent never goes beyond a limit by reserving, whoever reserves at the same
/// time and wherever. Only a call that took more than its estimate goes beyond it.
public interface Budgets {

  /// Reserves what a call will take at most, in the budgets of the task, its owner's day and, where
  /// `limits` has one, everybody's day: in all of them or in none. Of a task that was submitted
  /// with a budget, the smaller limit holds. It counts for the day on which it was reserved.
  Answer reserve(Request request);

  /// Says what the reserved call took. Only the first word counts, but what was merely assumed by
  /// [#settleAbandoned] is replaced. Needs no lease: money that was spent is spent.
  void settle(UUID reservation, Spending actual);

  /// Settles what no running attempt holds any more, at its estimate: the call may have been made,
  /// and what may have been spent must not be spent again.
  ///
  /// @return how many reservations
  int settleAbandoned();

  /// What a task may spend by its caller's wish, and has spent and reserved in all its attempts.
  Allotted allotted(TaskId task);

  /// What a task has spent and reserved in all its attempts.
  default Account ofTask(TaskId task) {
    return allotted(task).account();
  }

  /// What a user has spent and reserved today, and everybody together.
  Today today(String user);

  /// Forgets what was reserved before `day`, and the accounts last used before it, but not those of
  /// tasks that have not ended, or that came with a budget of their own and could be retried.
  ///
  /// @return how many rows were forgotten
  int prune(LocalDate day);

  /// @param id new for every reservation, the same when it is asked for again
  /// @param lease of the attempt that makes the call
  record Request(UUID id, Lease lease, Spending estimate, BudgetLimits limits) {}

  /// How a task's budget stands.
  ///
  /// @param own what its caller allowed it
  record Allotted(Allowance own, Account account) {}

  sealed interface Answer {
    record Reserved() implements Answer {}

    /// The first budget that is too small, of the task, the user and the day in this order.
    record Refused(Overrun overrun) implements Answer {}

    /// The attempt may spend nothing more.
    record LeaseLost() implements Answer {}
  }

  /// @param day in UTC
  /// @param resetsAt the next midnight
  record Today(LocalDate day, Instant resetsAt, Account user, Account everybody) {}
}
