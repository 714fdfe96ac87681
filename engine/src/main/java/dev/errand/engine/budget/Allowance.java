package dev.errand.engine.budget;

import org.jspecify.annotations.Nullable;

/// How much may be spent.
///
/// @param tokens absent for any number
/// @param money absent for any amount
public record Allowance(@Nullable Long tokens, @Nullable Money money) {
  public static final Allowance UNLIMITED = new Allowance(null, null);

  public Allowance {
    if (tokens != null && tokens < 0) {
      throw new IllegalArgumentException("must be 0 or more tokens");
    }
  }

  public boolean unlimited() {
    return tokens == null && money == null;
  }

  /// What both this and `other` allow.
  public Allowance within(Allowance other) {
    return new Allowance(smaller(tokens, other.tokens), smaller(money, other.money));
  }

  private static <T extends Comparable<T>> @Nullable T smaller(@Nullable T one, @Nullable T other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}
