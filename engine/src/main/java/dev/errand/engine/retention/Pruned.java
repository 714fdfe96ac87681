package dev.errand.engine.retention;

/// What one pass of pruning removed.
///
/// @param weeks whole weeks of tasks
/// @param tasks one by one, in other weeks
/// @param rows what belonged to no task any more, and what nobody asks for
public record Pruned(int weeks, int tasks, int rows) {
  public Pruned and(int otherRows) {
    return new Pruned(weeks, tasks, rows + otherRows);
  }

  public boolean nothing() {
    return weeks == 0 && tasks == 0 && rows == 0;
  }
}
