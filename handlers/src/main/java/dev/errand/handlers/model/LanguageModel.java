package dev.errand.handlers.model;

import dev.errand.engine.budget.Spending;

/// A language model that can be asked. Thread-safe.
public interface LanguageModel {

  /// For people, such as `openai/gpt-5-mini`.
  String name();

  /// What a question takes at most.
  Spending estimate(Question question);

  /// Asks once, and blocks until the answer is whole; nothing is repeated.
  Answer ask(Question question) throws InterruptedException;
}
