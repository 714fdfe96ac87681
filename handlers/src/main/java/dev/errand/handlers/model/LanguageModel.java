package dev.errand.handlers.model;

import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Budget;
import dev.errand.engine.budget.Reservation;
import dev.errand.engine.budget.Spending;

/// A language model that can be asked. Thread-safe.
public interface LanguageModel {

  /// For people, such as `openai/gpt-5-mini`.
  String name();

  /// Whether the model's prices are known; otherwise spendings count tokens and no money.
  boolean isPriced();

  /// What a prompt costs at most.
  Spending estimate(Prompt prompt);

  /// Asks once and blocks until the answer is complete; never retries.
  Answer ask(Prompt prompt) throws InterruptedException;

  /// Asks once within `budget`: reserves the estimate before the call, and settles what it cost
  /// after. When the provider does not say what it cost, the estimate stays reserved.
  ///
  /// @throws TaskFailure when the budget does not allow it; then nothing was asked
  default Answer ask(Prompt prompt, Budget budget) throws TaskFailure, InterruptedException {
    try (Reservation reservation = budget.reserve(estimate(prompt))) {
      Answer answer = ask(prompt);
      switch (answer) {
        case Answer.Said said -> said.spending().ifPresent(reservation::settle);
        case Answer.Failed failed when !failed.perhapsPaid() -> reservation.release();
        case Answer.Failed _ -> {} // stays at its estimate
      }
      return answer;
    }
  }
}
