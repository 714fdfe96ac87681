package dev.errand.engine.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// An amount of money, exact to a millionth of a dollar.
///
/// @param micros millionths of a dollar, 0 to a billion dollars
public record Money(long micros) implements Comparable<Money> {
  public static final Money NONE = new Money(0);

  private static final int DECIMALS = 6;
  private static final long MOST = 1_000_000_000_000_000L;

  public Money {
    if (micros < 0 || micros > MOST) {
      throw new IllegalArgumentException("must be 0 to 1000000000 dollars");
    }
  }

  /// Rounds up to the next millionth, so that nothing that costs something is free.
  ///
  /// @throws IllegalArgumentException when it is negative or too much
  public static Money dollars(BigDecimal amount) {
    if (amount.signum() < 0 || amount.compareTo(BigDecimal.valueOf(MOST, DECIMALS)) > 0) {
      throw new IllegalArgumentException("must be 0 to 1000000000 dollars");
    }
    return new Money(
        amount.movePointRight(DECIMALS).setScale(0, RoundingMode.CEILING).longValueExact());
  }

  public BigDecimal dollars() {
    BigDecimal amount = BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros();
    return amount.scale() < 0 ? amount.setScale(0) : amount;
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(micros, other.micros));
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(micros, other.micros);
  }

  /// For people, such as `0.0125 USD`.
  @Override
  public String toString() {
    return dollars().toPlainString() + " USD";
  }
}
