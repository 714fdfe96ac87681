package dev.errand.engine.budget;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// What was set aside for one call. To be closed by whoever makes the call. Thread-safe.
///
/// Closed without a word it counts as spent at its estimate. A call that ended in an exception,
/// such as a time-out, may have been made and be paid for; whoever knows that it was not says so
/// with [#release].
public final class Reservation implements AutoCloseable {
  private final Spending estimate;
  private final Consumer<Spending> settlement;
  private final AtomicBoolean settled = new AtomicBoolean();

  /// @param settlement is told once what the call took
  public Reservation(Spending estimate, Consumer<Spending> settlement) {
    this.estimate = estimate;
    this.settlement = settlement;
  }

  public Spending estimate() {
    return estimate;
  }

  /// Says what the call took. Only the first word counts.
  public void settle(Spending actual) {
    if (!settled.getAndSet(true)) {
      settlement.accept(actual);
    }
  }

  /// Says that the call was certainly not made: nothing is spent.
  public void release() {
    settle(Spending.NOTHING);
  }

  @Override
  public void close() {
    settle(estimate);
  }
}
