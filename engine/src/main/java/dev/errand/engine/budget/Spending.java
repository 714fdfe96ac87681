package dev.errand.engine.budget;

/// What calls to a paid service take.
///
/// @param tokens 0 or more
public record Spending(long tokens, Money money) {
  public static final Spending NOTHING = new Spending(0, Money.NONE);

  private static final long MOST_TOKENS = 1_000_000_000_000_000L;

  public Spending {
    if (tokens < 0 || tokens > MOST_TOKENS) {
      throw new IllegalArgumentException("tokens must be 0 to " + MOST_TOKENS);
    }
  }

  public Spending plus(Spending other) {
    return new Spending(Math.addExact(tokens, other.tokens), money.plus(other.money));
  }

  /// For people.
  @Override
  public String toString() {
    return "%,d tokens and %s".formatted(tokens, money);
  }
}
