package dev.errand.server.budget;

import dev.errand.engine.budget.Account;
import dev.errand.engine.budget.Allowance;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A budget and how it stands, as the API shows it.
public record BudgetJson(Tokens tokens, Dollars usd) {

  public static BudgetJson of(Allowance limit, Account account) {
    return new BudgetJson(
        new Tokens(limit.tokens(), account.spent().tokens(), account.reserved().tokens()),
        new Dollars(
            limit.money() == null ? null : limit.money().dollars(),
            account.spent().money().dollars(),
            account.reserved().money().dollars()));
  }

  /// @param limit absent where there is none
  /// @param reserved for calls that are under way
  public record Tokens(@Nullable Long limit, long spent, long reserved) {}

  /// @param limit absent where there is none
  /// @param reserved for calls that are under way
  public record Dollars(@Nullable BigDecimal limit, BigDecimal spent, BigDecimal reserved) {}
}
