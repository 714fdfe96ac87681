package dev.errand.handlers.model;

import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Budget;
import dev.errand.engine.budget.Reservation;
import dev.errand.engine.budget.Spending;

/// A language model that can be asked. Thread-safe.
public interface LanguageModel {

  /// For people, such as `openai/gpt-5-mini`.
  String name();

  /// Whether it is known what the model costs; otherwise whatever it takes is told without money.
  boolean isPriced();

  /// What a prompt takes at most.
  Spending estimate(Prompt prompt);

  /// Asks once, and blocks until the answer is whole; nothing is repeated.
  Answer ask(Prompt prompt) throws InterruptedException;

  /// Asks once within `budget`: what the prompt takes at most is reserved before, and what it
  /// took is settled after. What the provider does not say stays at its estimate, since unknown is
  /// not nothing.
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
