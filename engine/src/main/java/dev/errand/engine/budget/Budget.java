package dev.errand.engine.budget;

import dev.errand.engine.attempt.TaskFailure;

/// What a running attempt may still spend.
///
/// ```java
/// try (Reservation reservation = budget.reserve(atMost)) {
///   Reply reply = model.ask(prompt);
///   reservation.settle(reply.spending());
/// }
/// ```
public interface Budget {

  /// Sets aside what a call will take at most, before it is made.
  ///
  /// @throws TaskFailure with code `budget_exceeded` when a budget of the task, its owner or the
  ///   day is too small for it; a retry makes sense when the budget begins anew the next day
  /// @throws dev.errand.engine.attempt.LeaseLost when the attempt may spend nothing more
  Reservation reserve(Spending estimate) throws TaskFailure;
}
