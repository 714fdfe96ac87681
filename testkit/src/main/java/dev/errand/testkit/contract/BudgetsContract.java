package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.budget.Account;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.BudgetScope;
import dev.errand.engine.budget.Budgets.Answer;
import dev.errand.engine.budget.Budgets.Request;
import dev.errand.engine.budget.Budgets.Today;
import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Overrun;
import dev.errand.engine.budget.Spending;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// What every [dev.errand.engine.budget.Budgets] must count, and when it must refuse.
public abstract class BudgetsContract extends StoreContract {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void what_is_reserved_counts_until_what_was_spent_takes_its_place() {
    Lease lease = running("ask");
    UUID call = reserved(lease, spending(100, 50), BudgetLimits.NONE);

    assertThat(ofTask(lease)).isEqualTo(new Account(Spending.NOTHING, spending(100, 50)));
    Today reserved = store().budgets().today(lease.owner());
    assertThat(reserved.user()).isEqualTo(new Account(Spending.NOTHING, spending(100, 50)));

    store().budgets().settle(call, spending(70, 20));

    assertThat(ofTask(lease)).isEqualTo(spent(70, 20));
    Today settled = store().budgets().today(lease.owner());
    assertThat(settled.user()).isEqualTo(spent(70, 20));
    assertThat(settled.everybody()).isEqualTo(spent(70, 20));
    assertThat(Duration.between(store().now(), settled.resetsAt())).isBetween(Duration.ZERO, DAY);
  }

  @Test
  void who_never_spent_anything_has_an_empty_account() {
    assertThat(store().budgets().ofTask(TaskId.next())).isEqualTo(Account.EMPTY);
    Today today = store().budgets().today("nobody");
    assertThat(today.user()).isEqualTo(Account.EMPTY);
    assertThat(today.everybody()).isEqualTo(Account.EMPTY);
  }

  @Test
  void a_limit_may_be_reached_and_not_passed() {
    Lease lease = running("ask");
    BudgetLimits limits = task(tokens(100));
    reserved(lease, spending(60, 0), limits);
    reserved(lease, spending(40, 0), limits);

    Overrun overrun = refused(lease, spending(1, 0), limits);

    assertThat(overrun.scope()).isEqualTo(BudgetScope.TASK);
    assertThat(overrun.limit()).isEqualTo(tokens(100));
    assertThat(overrun.account()).isEqualTo(new Account(Spending.NOTHING, spending(100, 0)));
    assertThat(overrun.resetsAt()).isNull();
    assertThat(ofTask(lease).reserved()).isEqualTo(spending(100, 0));
  }

  @Test
  void money_is_limited_to_the_millionth() {
    Lease lease = running("ask");
    BudgetLimits limits = task(new Allowance(null, new Money(1_000_000)));
    store().budgets().settle(reserved(lease, spending(0, 1), limits), spending(0, 1));

    assertThat(refused(lease, spending(0, 1_000_000), limits).account()).isEqualTo(spent(0, 1));
    reserved(lease, spending(1_000_000, 999_999), limits);
  }

  @Test
  void what_was_reserved_and_not_needed_can_be_reserved_again() {
    Lease lease = running("ask");
    BudgetLimits limits = task(tokens(100));
    UUID call = reserved(lease, spending(100, 0), limits);

    store().budgets().settle(call, spending(30, 0));

    assertThat(refused(lease, spending(71, 0), limits).account()).isEqualTo(spent(30, 0));
    reserved(lease, spending(70, 0), limits);
  }

  @Test
  void a_call_that_took_more_than_its_estimate_counts_in_full() {
    Lease lease = running("ask");
    BudgetLimits limits = task(tokens(100));

    store().budgets().settle(reserved(lease, spending(50, 0), limits), spending(150, 0));

    assertThat(ofTask(lease)).isEqualTo(spent(150, 0));
    assertThat(refused(lease, Spending.NOTHING, limits).account()).isEqualTo(spent(150, 0));
  }

  @Test
  void a_user_spends_the_days_budget_with_all_tasks_and_others_have_their_own() {
    BudgetLimits limits = user(tokens(100));
    Lease first = running(TaskDraft.of("ask").owner("ann"));
    reserved(first, spending(100, 0), limits);

    Lease second = running(TaskDraft.of("ask").owner("ann"));
    Overrun overrun = refused(second, spending(1, 0), limits);
    assertThat(overrun.scope()).isEqualTo(BudgetScope.USER);
    assertThat(overrun.resetsIn()).isBetween(Duration.ZERO, DAY);
    assertThat(ofTask(second)).isEqualTo(Account.EMPTY);

    reserved(running(TaskDraft.of("ask").owner("bob")), spending(100, 0), limits);
  }

  @Test
  void everybody_together_spends_the_days_budget() {
    BudgetLimits limits = day(tokens(100));
    reserved(running(TaskDraft.of("ask").owner("ann")), spending(99, 0), limits);
    Lease lease = running(TaskDraft.of("ask").owner("bob"));

    assertThat(refused(lease, spending(2, 0), limits).scope()).isEqualTo(BudgetScope.DAY);
    assertThat(store().budgets().today("bob").user()).isEqualTo(Account.EMPTY);
    reserved(lease, spending(1, 0), limits);
    assertThat(store().budgets().today("bob").everybody().reserved()).isEqualTo(spending(100, 0));
  }

  @Test
  void what_was_spent_before_there_was_a_limit_for_everybody_counts() {
    Lease lease = running("ask");
    store().budgets().settle(reserved(lease, spending(40, 0), BudgetLimits.NONE), spending(40, 0));
    UUID before = reserved(lease, spending(30, 0), BudgetLimits.NONE);

    assertThat(refused(lease, spending(31, 0), day(tokens(100))).scope())
        .isEqualTo(BudgetScope.DAY);
    reserved(lease, spending(30, 0), day(tokens(100)));
    store().budgets().settle(before, spending(30, 0));
    assertThat(refused(lease, spending(1, 0), day(tokens(100))).scope()).isEqualTo(BudgetScope.DAY);
  }

  @Test
  void the_smallest_thing_is_named_first() {
    Lease lease = running("ask");
    Allowance none = tokens(0);

    assertThat(refused(lease, spending(1, 0), new BudgetLimits(none, none, none)).scope())
        .isEqualTo(BudgetScope.TASK);
    assertThat(
            refused(lease, spending(1, 0), new BudgetLimits(Allowance.UNLIMITED, none, none))
                .scope())
        .isEqualTo(BudgetScope.USER);
  }

  @Test
  void a_new_day_begins_from_nothing_and_a_task_does_not() {
    Lease lease = running("ask");
    BudgetLimits limits = new BudgetLimits(tokens(150), tokens(100), tokens(100));
    UUID yesterdays = reserved(lease, spending(100, 0), limits);

    store().timePasses(DAY);

    assertThat(store().budgets().today(lease.owner()).user()).isEqualTo(Account.EMPTY);
    assertThat(refused(lease, spending(51, 0), limits).scope()).isEqualTo(BudgetScope.TASK);
    reserved(lease, spending(50, 0), limits);
    store().budgets().settle(yesterdays, spending(90, 0));
    assertThat(store().budgets().today(lease.owner()).user())
        .isEqualTo(new Account(Spending.NOTHING, spending(50, 0)));
    assertThat(ofTask(lease)).isEqualTo(new Account(spending(90, 0), spending(50, 0)));
  }

  @Test
  void a_reservation_that_is_asked_for_again_counts_once() {
    Lease lease = running("ask");
    Request request = new Request(UUID.randomUUID(), lease, spending(100, 0), task(tokens(100)));

    assertThat(store().budgets().reserve(request)).isInstanceOf(Answer.Reserved.class);
    assertThat(store().budgets().reserve(request)).isInstanceOf(Answer.Reserved.class);
    assertThat(ofTask(lease).reserved()).isEqualTo(spending(100, 0));

    store().budgets().settle(request.id(), spending(5, 0));
    assertThat(store().budgets().reserve(request)).isInstanceOf(Answer.Reserved.class);
    assertThat(ofTask(lease)).isEqualTo(spent(5, 0));
  }

  @Test
  void one_reservation_and_its_settlement_said_many_times_at_once_count_once() throws Exception {
    Lease lease = running("ask");
    for (int round = 1; round <= 5; round++) {
      Request request = new Request(UUID.randomUUID(), lease, spending(10, 10), day(tokens(1_000)));

      Race.between(
          Collections.nCopies(
              8,
              () -> {
                assertThat(store().budgets().reserve(request)).isInstanceOf(Answer.Reserved.class);
                store().budgets().settle(request.id(), spending(9, 9));
                return true;
              }));

      assertThat(ofTask(lease)).isEqualTo(spent(9L * round, 9L * round));
      assertThat(store().budgets().today("ada").everybody()).isEqualTo(ofTask(lease));
    }
  }

  @Test
  void the_first_word_on_a_call_counts() {
    Lease lease = running("ask");
    UUID call = reserved(lease, spending(100, 0), BudgetLimits.NONE);

    store().budgets().settle(call, spending(10, 1));
    store().budgets().settle(call, spending(10, 1));
    store().budgets().settle(call, spending(99, 9));
    store().budgets().settle(UUID.randomUUID(), spending(99, 9));

    assertThat(ofTask(lease)).isEqualTo(spent(10, 1));
  }

  @Test
  void an_attempt_that_has_ended_reserves_nothing_more() {
    Lease lease = running("ask");
    end(lease, new Outcome.Completed("1"));

    assertThat(ask(lease, spending(1, 0), BudgetLimits.NONE)).isInstanceOf(Answer.LeaseLost.class);
    assertThat(ofTask(lease)).isEqualTo(Account.EMPTY);
  }

  @Test
  void what_a_lost_attempt_reserved_counts_as_spent() {
    Lease lease = running("ask");
    UUID call = reserved(lease, spending(100, 10), BudgetLimits.NONE);
    Lease other = running("other");
    reserved(other, spending(1, 1), BudgetLimits.NONE);
    assertThat(store().budgets().settleAbandoned()).isZero();

    end(lease, new Outcome.Retrying(BROKEN, Duration.ZERO));

    assertThat(store().budgets().settleAbandoned()).isOne();
    assertThat(store().budgets().settleAbandoned()).isZero();
    assertThat(ofTask(lease)).isEqualTo(spent(100, 10));
    assertThat(ofTask(other).reserved()).isEqualTo(spending(1, 1));

    // Who made the call knows better, be it late.
    store().budgets().settle(call, spending(40, 4));
    store().budgets().settle(call, spending(50, 5));
    assertThat(store().budgets().settleAbandoned()).isZero();
    assertThat(ofTask(lease)).isEqualTo(spent(40, 4));
  }

  @Test
  void a_later_attempt_goes_on_with_the_tasks_budget() {
    Lease first = running("ask");
    BudgetLimits limits = task(tokens(100));
    store().budgets().settle(reserved(first, spending(80, 0), limits), spending(80, 0));
    end(first, new Outcome.Retrying(BROKEN, Duration.ZERO));

    Lease second = claimed(worker("ask"), first.task());

    assertThat(refused(second, spending(21, 0), limits).account()).isEqualTo(spent(80, 0));
    reserved(second, spending(20, 0), limits);
  }

  @Test
  void a_task_may_come_with_a_budget_of_its_own_for_all_its_attempts() {
    Lease first = running(TaskDraft.of("ask").budget(tokens(100)));
    store().budgets().settle(reserved(first, spending(80, 5), task(tokens(500))), spending(80, 5));
    end(first, new Outcome.Retrying(BROKEN, Duration.ZERO));

    Lease second = claimed(worker("ask"), first.task());

    Overrun overrun = refused(second, spending(21, 0), BudgetLimits.NONE);
    assertThat(overrun.scope()).isEqualTo(BudgetScope.TASK);
    assertThat(overrun.limit()).isEqualTo(tokens(100));
    assertThat(overrun.account()).isEqualTo(spent(80, 5));
    reserved(second, spending(20, 1_000_000_000), BudgetLimits.NONE);
    assertThat(store().budgets().allotted(first.task()).own()).isEqualTo(tokens(100));
  }

  @Test
  void the_smaller_of_two_limits_holds() {
    Allowance own = new Allowance(1_000L, new Money(20));
    Lease lease = running(TaskDraft.of("ask").budget(own));
    BudgetLimits limits = task(new Allowance(100L, new Money(50)));

    assertThat(refused(lease, spending(101, 1), limits).limit())
        .isEqualTo(new Allowance(100L, new Money(20)));
    refused(lease, spending(1, 21), limits);
    reserved(lease, spending(100, 20), limits);
  }

  @Test
  void a_retry_by_hand_keeps_the_budget_and_what_was_spent() {
    Lease first = running(TaskDraft.of("ask").budget(tokens(100)));
    store().budgets().settle(reserved(first, spending(80, 0), BudgetLimits.NONE), spending(80, 0));
    end(first, new Outcome.Failed(BROKEN));
    store().timePasses(DAY);
    store().budgets().prune(store().budgets().today("me").day());

    store().tasks().retry(first.task());

    Lease second = claimed(worker("ask"), first.task());
    assertThat(refused(second, spending(21, 0), BudgetLimits.NONE).account())
        .isEqualTo(spent(80, 0));
    reserved(second, spending(20, 0), BudgetLimits.NONE);
  }

  @Test
  void a_budget_waits_with_its_task() {
    TaskId task = submitted(TaskDraft.of("ask").budget(tokens(0)).after(DAY.multipliedBy(2)));
    store().timePasses(DAY.multipliedBy(2).plusSeconds(1));
    store().budgets().prune(store().budgets().today("me").day());

    refused(claimed(worker("ask"), task), spending(1, 0), BudgetLimits.NONE);
  }

  @Test
  void tasks_of_one_batch_have_their_own_budgets() {
    TaskDraft draft = TaskDraft.of("ask").batch(UUID.randomUUID());
    NewTask poor = draft.budget(tokens(1)).task();
    NewTask rich = draft.budget(new Allowance(null, new Money(7))).task();
    NewTask free = draft.task();

    store().tasks().submit(List.of(poor, rich, free));

    assertThat(store().budgets().allotted(poor.id()).own()).isEqualTo(tokens(1));
    assertThat(store().budgets().allotted(rich.id()).own())
        .isEqualTo(new Allowance(null, new Money(7)));
    assertThat(store().budgets().allotted(free.id()).own()).isEqualTo(Allowance.UNLIMITED);
  }

  @Test
  void old_days_are_forgotten_and_open_reservations_are_not() {
    Lease old = running("ask");
    store().budgets().settle(reserved(old, spending(7, 0), BudgetLimits.NONE), spending(7, 0));
    end(old, new Outcome.Completed("1"));
    Lease open = running("ask");
    store().budgets().settle(reserved(open, spending(8, 0), BudgetLimits.NONE), spending(8, 0));
    store().timePasses(DAY);
    Lease lease = running("ask");
    UUID call = reserved(lease, spending(5, 0), BudgetLimits.NONE);

    assertThat(store().budgets().prune(store().budgets().today("me").day())).isPositive();

    assertThat(store().budgets().ofTask(old.task())).isEqualTo(Account.EMPTY);
    assertThat(store().budgets().ofTask(open.task())).isEqualTo(spent(8, 0));
    store().budgets().settle(call, spending(3, 0));
    assertThat(ofTask(lease)).isEqualTo(spent(3, 0));
  }

  @Test
  void however_many_reserve_at_once_no_limit_is_passed() throws Exception {
    BudgetLimits limits = new BudgetLimits(tokens(300), tokens(500), tokens(700));
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      leases.add(running(TaskDraft.of("ask").owner(i < 2 ? "ann" : "bob")));
    }
    List<Callable<Long>> racers = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      Lease lease = leases.get(i % leases.size());
      racers.add(() -> spendUntilRefused(lease, limits));
    }

    racers.add(() -> watch(700));

    long total = Race.between(racers).stream().mapToLong(Long::longValue).sum();

    Account everybody = store().budgets().today("ann").everybody();
    assertThat(everybody).isEqualTo(spent(total, total));
    // Each gives up at its first refusal, when the others have up to 7 reserved each.
    assertThat(total).isBetween(700L - 31 * 7, 700L);
    for (Lease lease : leases) {
      assertThat(ofTask(lease).spent().tokens()).isLessThanOrEqualTo(300);
    }
    assertThat(store().budgets().today("ann").user().spent().tokens()).isLessThanOrEqualTo(500);
    assertThat(store().budgets().today("bob").user().spent().tokens()).isLessThanOrEqualTo(500);
  }

  /// What was spent; every other call is settled at less than was reserved.
  private long spendUntilRefused(Lease lease, BudgetLimits limits) {
    long spent = 0;
    for (int i = 0; ; i++) {
      long estimate = 1L + i % 7;
      UUID id = UUID.randomUUID();
      Request request = new Request(id, lease, spending(estimate, estimate), limits);
      if (!(store().budgets().reserve(request) instanceof Answer.Reserved)) {
        return spent;
      }
      long actual = i % 2 == 0 ? estimate : estimate - 1;
      store().budgets().settle(id, spending(actual, actual));
      spent += actual;
    }
  }

  /// Looks on while others spend, and spends nothing.
  private long watch(long limit) {
    for (int i = 0; i < 100; i++) {
      Account everybody = store().budgets().today("ann").everybody();
      assertThat(everybody.spent().plus(everybody.reserved()).tokens()).isLessThanOrEqualTo(limit);
    }
    return 0;
  }

  // --- words

  private Answer ask(Lease lease, Spending estimate, BudgetLimits limits) {
    return store().budgets().reserve(new Request(UUID.randomUUID(), lease, estimate, limits));
  }

  private UUID reserved(Lease lease, Spending estimate, BudgetLimits limits) {
    UUID id = UUID.randomUUID();
    assertThat(store().budgets().reserve(new Request(id, lease, estimate, limits)))
        .isEqualTo(new Answer.Reserved());
    return id;
  }

  private Overrun refused(Lease lease, Spending estimate, BudgetLimits limits) {
    return switch (ask(lease, estimate, limits)) {
      case Answer.Refused(var overrun) -> overrun;
      case Answer answer -> throw new AssertionError("Not refused: " + answer);
    };
  }

  private Account ofTask(Lease lease) {
    return store().budgets().ofTask(lease.task());
  }

  private static Spending spending(long tokens, long micros) {
    return new Spending(tokens, new Money(micros));
  }

  private static Account spent(long tokens, long micros) {
    return new Account(spending(tokens, micros), Spending.NOTHING);
  }

  private static Allowance tokens(long most) {
    return new Allowance(most, null);
  }

  private static BudgetLimits task(Allowance limit) {
    return new BudgetLimits(limit, Allowance.UNLIMITED, Allowance.UNLIMITED);
  }

  private static BudgetLimits user(Allowance limit) {
    return new BudgetLimits(Allowance.UNLIMITED, limit, Allowance.UNLIMITED);
  }

  private static BudgetLimits day(Allowance limit) {
    return new BudgetLimits(Allowance.UNLIMITED, Allowance.UNLIMITED, limit);
  }
}
