package dev.errand.handlers.model;

import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Spending;
import java.util.Optional;

/// How a model answered.
public sealed interface Answer {

  /// @param spending tokens and money; absent when the provider did not say
  /// @param cutShort whether the answer ended at the limit of output tokens
  record Said(String text, Optional<Spending> spending, boolean cutShort) implements Answer {}

  /// @param perhapsPaid whether the provider may charge for the call all the same
  record Failed(TaskFailure failure, boolean perhapsPaid) implements Answer {}
}
