package dev.errand.handlers.model;

import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Spending;
import java.util.Optional;

/// What came of asking a model.
public sealed interface Answer {

  /// @param spending what it took, empty when the provider did not say
  /// @param cutShort whether it ended because it became too long
  record Said(String text, Optional<Spending> spending, boolean cutShort) implements Answer {}

  /// @param perhapsPaid whether the provider may have done the work all the same
  record Failed(TaskFailure failure, boolean perhapsPaid) implements Answer {}
}
