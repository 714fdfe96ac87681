package dev.errand.engine.limits;

import java.time.Duration;

/// How much of each owner's allowance for a minute is taken, over all nodes.
///
/// An owner's minute begins with the first submission after the one before has passed, by the
/// store's clock. Thread-safe; may block and may throw [dev.errand.engine.task.StoreUnavailable].
public interface Rates {

  /// Takes up to `block` submissions of `owner`, or nothing when fewer than `need` are left.
  ///
  /// @param need 1 to `limit`
  /// @param block `need` or more
  /// @param limit submissions in a minute
  Grant take(String owner, int need, int block, int limit);

  /// Forgets minutes that began longer than `age` ago.
  ///
  /// @param age more than a minute
  /// @return how many
  int forget(Duration age);

  /// @param submissions how many may be made, 0 when there are too few left
  /// @param endsIn when the minute is over: what was not used is worth nothing then
  record Grant(int submissions, Duration endsIn) {}
}
