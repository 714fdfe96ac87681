package dev.errand.server.budget;

import dev.errand.engine.access.Caller;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.Budgets.Today;
import dev.errand.engine.limits.Limits;
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
}
