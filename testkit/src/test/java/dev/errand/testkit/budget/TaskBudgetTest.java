package dev.errand.testkit.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.engine.attempt.LeaseLost;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Account;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Reservation;
import dev.errand.engine.budget.Spending;
import dev.errand.engine.budget.TaskBudget;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.testkit.contract.TaskDraft;
import dev.errand.testkit.memory.InMemoryStore;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What a handler meets when it spends.
class TaskBudgetTest {
  private static final Spending SOME = spending(100);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T22:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Budgets budgets = store.budgets();
  private final Lease lease = lease();

  @Test
  void a_call_is_settled_at_what_it_took() throws Exception {
    try (Reservation reservation = budget(BudgetLimits.NONE).reserve(SOME)) {
      assertThat(account()).isEqualTo(new Account(Spending.NOTHING, SOME));
      reservation.settle(spending(30));
      reservation.settle(spending(50));
    }
    assertThat(account()).isEqualTo(new Account(spending(30), Spending.NOTHING));
  }

  @Test
  void a_call_that_broke_off_counts_at_its_estimate() {
    assertThatThrownBy(
            () -> {
              try (Reservation _ = budget(BudgetLimits.NONE).reserve(SOME)) {
                throw new IllegalStateException("timed out");
              }
            })
        .hasMessage("timed out");
    assertThat(account()).isEqualTo(new Account(SOME, Spending.NOTHING));
  }

  @Test
  void a_call_that_was_not_made_counts_nothing() throws Exception {
    try (Reservation reservation = budget(BudgetLimits.NONE).reserve(SOME)) {
      reservation.release();
    }
    assertThat(account()).isEqualTo(Account.EMPTY);
  }

  @Test
  void a_task_that_has_spent_its_budget_is_not_tried_again() throws Exception {
    TaskBudget budget = budget(BudgetLimits.NONE.forTask(new Allowance(150L, null)));
    budget.reserve(SOME).close();

    TaskFailure failure = failure(budget);

    assertThat(failure.code()).isEqualTo("budget_exceeded");
    assertThat(failure.retryable()).isFalse();
    assertThat(failure)
        .hasMessage(
            "The budget of the task is 150 tokens: 100 are spent, 0 reserved, and 100 are asked for.");
  }

  @Test
  void a_budget_of_the_day_is_waited_for() throws Exception {
    Allowance limit = new Allowance(null, new Money(150));
    TaskBudget budget = budget(new BudgetLimits(Allowance.UNLIMITED, limit, Allowance.UNLIMITED));
    Reservation open = budget.reserve(SOME);

    TaskFailure failure = failure(budget);

    assertThat(failure.code()).isEqualTo("budget_exceeded");
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.retryAfter()).contains(Duration.ofHours(2));
    assertThat(failure)
        .hasMessage(
            "The budget of the user for today is 0.00015 USD: 0 USD are spent, 0.0001 USD reserved,"
                + " and 0.0001 USD are asked for. It begins anew at 2026-11-23T00:00:00Z.");
    open.close();
  }

  @Test
  void what_no_day_has_room_for_is_not_tried_again() {
    Allowance limit = new Allowance(99L, null);

    TaskFailure failure =
        failure(budget(new BudgetLimits(Allowance.UNLIMITED, Allowance.UNLIMITED, limit)));

    assertThat(failure.retryable()).isFalse();
    assertThat(failure).hasMessageContaining("of everybody for today");
  }

  @Test
  void an_attempt_that_lost_its_lease_spends_nothing_more() {
    store.leases().end(lease, new Outcome.Completed("1"));

    assertThatThrownBy(() -> budget(BudgetLimits.NONE).reserve(SOME)).isInstanceOf(LeaseLost.class);
  }

  @Test
  void a_store_that_is_away_is_waited_for() throws Exception {
    store.goesAway();
    TaskBudget budget = new TaskBudget(lease, budgets, BudgetLimits.NONE, new ComesBack());

    try (Reservation reservation = budget.reserve(SOME)) {
      store.goesAway();
      reservation.settle(spending(1));
    }
    assertThat(account()).isEqualTo(new Account(spending(1), Spending.NOTHING));
  }

  /// Brings the store back after the first failure.
  private final class ComesBack implements TaskBudget.Retry {
    @Override
    public <T> T call(Supplier<T> call) {
      try {
        return call.get();
      } catch (StoreUnavailable _) {
        store.comesBack();
        return call.get();
      }
    }
  }

  private TaskBudget budget(BudgetLimits limits) {
    return new TaskBudget(lease, budgets, limits, Supplier::get);
  }

  private static TaskFailure failure(TaskBudget budget) {
    return catchThrowableOfType(TaskFailure.class, () -> budget.reserve(SOME));
  }

  private Account account() {
    return budgets.ofTask(lease.task());
  }

  private Lease lease() {
    store.tasks().submit(List.of(TaskDraft.of("ask").task()));
    return store
        .leases()
        .open(new NewWorker("ant", List.of("ask"), 1, Duration.ofMinutes(1)))
        .claim(1)
        .getFirst();
  }

  private static Spending spending(long amount) {
    return new Spending(amount, new Money(amount));
  }
}
