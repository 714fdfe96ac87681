package dev.errand.server.budget;

import dev.errand.engine.access.Caller;
import dev.errand.engine.budget.Account;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.Budgets.Today;
import dev.errand.engine.limits.Limits;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /budgets`: what the caller's tasks may spend today and what they have; for administrators
/// also those of everybody together.
@RestController
public final class BudgetsDoor {
  private final Budgets budgets;
  private final BudgetLimits limits;

  public BudgetsDoor(Budgets budgets, Limits limits) {
    this.budgets = budgets;
    this.limits = limits.budgets();
  }

  @GetMapping("/budgets")
  BudgetsJson today(Caller caller) {
    Today today = budgets.today(caller.user());
    return new BudgetsJson(
        today.day(),
        today.resetsAt(),
        BudgetJson.of(limits.user(), today.user()),
        caller.admin() ? BudgetJson.of(limits.day(), today.everybody()) : null);
  }

  /// @param day in UTC
  /// @param everybody for administrators only
  public record BudgetsJson(
      LocalDate day, Instant resetsAt, BudgetJson user, @Nullable BudgetJson everybody) {}

  public record BudgetJson(Tokens tokens, Dollars usd) {

    static BudgetJson of(Allowance limit, Account account) {
      return new BudgetJson(
          new Tokens(limit.tokens(), account.spent().tokens(), account.reserved().tokens()),
          new Dollars(
              limit.money() == null ? null : limit.money().dollars(),
              account.spent().money().dollars(),
              account.reserved().money().dollars()));
    }
  }

  /// @param limit absent where there is none
  /// @param reserved for calls that are under way
  public record Tokens(@Nullable Long limit, long spent, long reserved) {}

  /// @param limit absent where there is none
  /// @param reserved for calls that are under way
  public record Dollars(@Nullable BigDecimal limit, BigDecimal spent, BigDecimal reserved) {}
}
