package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.budget.Account;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.Budgets.Answer;
import dev.errand.engine.budget.Budgets.Request;
import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Spending;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.testkit.contract.TaskDraft;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresBudgetsLostAnswersTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final Spending ESTIMATE = new Spending(100, new Money(7));
  private static final Spending ACTUAL = new Spending(60, new Money(5));

  private final LosingAnswers answers = new LosingAnswers();
  private final PostgresBudgets budgets = new PostgresBudgets(answers.on(database.pool()));

  @Test
  void a_reservation_and_a_settlement_whose_answers_got_lost_are_said_again_and_count_once() {
    PostgresLeases leases =
        new PostgresLeases(database.pool(), PostgresUnderTest.sessions(database));
    new PostgresTasks(database.pool()).submit(List.of(TaskDraft.of("ask").task()));
    try (Session worker =
        leases.open(new NewWorker("ant", List.of("ask"), 1, Duration.ofMinutes(1)))) {
      Lease lease = worker.claim(1).getFirst();
      Allowance exactly = new Allowance(200L, null);
      BudgetLimits limits = new BudgetLimits(exactly, exactly, exactly);
      // Its accounts are there from now on, so the next statement is the one that reserves.
      assertThat(budgets.reserve(new Request(UUID.randomUUID(), lease, ESTIMATE, limits)))
          .isEqualTo(new Answer.Reserved());
      Request request = new Request(UUID.randomUUID(), lease, ESTIMATE, limits);

      answers.loseNext();
      assertThatThrownBy(() -> budgets.reserve(request)).isInstanceOf(StoreUnavailable.class);
      assertThat(budgets.reserve(request)).isEqualTo(new Answer.Reserved());
      assertThat(budgets.ofTask(lease.task()).reserved()).isEqualTo(ESTIMATE.plus(ESTIMATE));

      answers.loseNext();
      assertThatThrownBy(() -> budgets.settle(request.id(), ACTUAL))
          .isInstanceOf(StoreUnavailable.class);
      budgets.settle(request.id(), ACTUAL);
      assertThat(budgets.ofTask(lease.task())).isEqualTo(new Account(ACTUAL, ESTIMATE));
    }
  }
}
