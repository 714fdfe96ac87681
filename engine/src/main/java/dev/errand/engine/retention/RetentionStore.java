package dev.errand.engine.retention;

import java.util.List;
import java.util.Optional;

/// Removes what has been kept long enough. Thread-safe; every method blocks and may throw
/// [dev.errand.engine.task.StoreUnavailable]; then it is simply called again later.
///
/// A task goes with everything that belongs to it or stays with everything, whatever is cut short
/// and whoever retries it meanwhile.
public interface RetentionStore {
  enum Extent {
    /// Tasks that were submitted within a day before their life ended: nearly all of those that are
    /// new since the last pass.
    RECENT,
    /// All tasks, also those that were long under way.
    ALL
  }

  /// Makes one pass, in small steps.
  ///
  /// @return what was removed; empty when somebody else makes one just now
  /// @throws InterruptedException between two steps
  Optional<Pruned> prune(Retention retention, Extent extent) throws InterruptedException;

  /// The SHA-256 of bytes that may be deleted: pruned artifacts had them, and no other has. In
  /// alphabetical order.
  ///
  /// @param after the first of them come after this one
  List<String> unreferenced(String after, int limit);

  /// Notes that nothing has to be done about these bytes any more.
  void dealtWith(List<String> sha256s);
}
