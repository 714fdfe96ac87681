package dev.errand.engine.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Which budget a reservation does not fit into.
///
/// @param limit of that budget
/// @param account how it stands without the reservation
/// @param resetsAt when it begins anew, absent for a task's
/// @param resetsIn how long that is from now, by the store's clock
public record Overrun(
    BudgetScope scope,
    Allowance limit,
    Account account,
    @Nullable Instant resetsAt,
    @Nullable Duration resetsIn) {

  /// @param now by the store's clock
  public static Overrun of(BudgetScope scope, Allowance limit, Account account, Instant now) {
    if (!scope.daily()) {
      return new Overrun(scope, limit, account, null, null);
    }
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    return new Overrun(scope, limit, account, midnight, Duration.between(now, midnight));
  }

  /// Whether `estimate` goes beyond `limit` when `account` is taken into account.
  public static boolean exceeds(Spending estimate, Account account, Allowance limit) {
    Spending all = account.spent().plus(account.reserved()).plus(estimate);
    return (limit.tokens() != null && all.tokens() > limit.tokens())
        || (limit.money() != null && all.money().compareTo(limit.money()) > 0);
  }

  /// For people: which budget, its limit, and what is left of it.
  String explain(Spending estimate) {
    boolean byTokens = limit.tokens() != null && exceeds(estimate, account, tokensOnly());
    String numbers =
        byTokens
            ? "%,d tokens: %,d are spent, %,d reserved, and %,d are asked for"
                .formatted(
                    limit.tokens(),
                    account.spent().tokens(),
                    account.reserved().tokens(),
                    estimate.tokens())
            : "%s: %s are spent, %s reserved, and %s are asked for"
                .formatted(
                    limit.money(),
                    account.spent().money(),
                    account.reserved().money(),
                    estimate.money());
    String reset = resetsAt == null ? "" : " It begins anew at %s.".formatted(resetsAt);
    return "The budget %s is %s.%s".formatted(scope.words(), numbers, reset);
  }

  private Allowance tokensOnly() {
    return new Allowance(limit.tokens(), null);
  }
}
