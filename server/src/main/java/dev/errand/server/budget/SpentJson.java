package dev.errand.server.budget;

import dev.errand.engine.budget.Account;
import dev.errand.engine.budget.Spending;
import java.math.BigDecimal;

/// What a task has spent, as the API shows it; calls that are under way count at their estimate.
public record SpentJson(long tokens, BigDecimal usd) {

  public static SpentJson of(Account account) {
    Spending all = account.spent().plus(account.reserved());
    return new SpentJson(all.tokens(), all.money().dollars());
  }
}
