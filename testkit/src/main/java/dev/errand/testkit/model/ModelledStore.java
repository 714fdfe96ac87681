package dev.errand.testkit.model;

import dev.errand.engine.retention.RetentionStore;
import dev.errand.testkit.contract.SchedulesUnderTest;
import java.util.UUID;

/// All stores over one state, with a clock that can be set and a process that can be killed.
///
/// Its clock moves on by a millisecond whenever somebody looks at [#now], and stands still in
/// between. [#timePasses] sets it, forward or back, and changes nothing else.
public interface ModelledStore extends SchedulesUnderTest {

  RetentionStore retention();

  /// Ends the session of a worker without a word, as its death does.
  void cut(UUID session);

  /// Lets the process that uses the store die when it makes its `statement`th statement from now
  /// on: whoever called gets [dev.errand.engine.task.StoreUnavailable].
  ///
  /// @param statement from 1; a commit is one too
  /// @param done whether the store does what the statement says all the same
  void dieAt(int statement, boolean done);

  /// Lets the process live on.
  ///
  /// @return whether it died since [#dieAt]
  boolean revive();
}
