package dev.errand.engine.budget;

/// How one budget stands.
///
/// @param spent settled
/// @param reserved for calls that have not been settled yet
public record Account(Spending spent, Spending reserved) {
  public static final Account EMPTY = new Account(Spending.NOTHING, Spending.NOTHING);
}
