package dev.errand.server.budget;

import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.Money;
import dev.errand.server.json.Fields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Reads the budget that a task is submitted with: `{tokens?, usd?}`.
public final class BudgetReader {
  private static final long MOST_TOKENS = 1_000_000_000_000_000L;
  private static final String TOKENS = "tokens";
  private static final String USD = "usd";

  private BudgetReader() {}

  /// The budget in the field `name`, unlimited when it is absent; what is wrong is noted there.
  public static Allowance read(Fields fields, String name) {
    return fields
        .object(name)
        .map(budget -> read(fields, name, budget))
        .orElse(Allowance.UNLIMITED);
  }

  private static Allowance read(Fields fields, String name, ObjectNode budget) {
    Fields parts = new Fields(budget).only(List.of(TOKENS, USD));
    Allowance allowance = new Allowance(tokens(parts).orElse(null), dollars(parts).orElse(null));
    if (parts.violations().isEmpty() && allowance.unlimited()) {
      fields.refuse(name, "must have tokens, usd or both");
    }
    fields.refuseWithin(name, parts);
    return allowance;
  }

  private static Optional<Long> tokens(Fields parts) {
    Optional<Long> tokens = parts.whole(TOKENS);
    boolean sensible = tokens.orElse(0L) >= 0 && tokens.orElse(0L) <= MOST_TOKENS;
    if (!sensible) {
      parts.refuse(TOKENS, "must be 0 to %d".formatted(MOST_TOKENS));
    }
    return tokens.filter(_ -> sensible);
  }

  private static Optional<Money> dollars(Fields parts) {
    Optional<BigDecimal> amount = parts.number(USD);
    try {
      return amount.map(Money::dollars);
    } catch (IllegalArgumentException e) {
      parts.refuse(USD, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
