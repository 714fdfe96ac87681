package dev.errand.handlers.generate;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.model.Answer;
import dev.errand.handlers.model.AnswerSchema.Reading;
import dev.errand.handlers.model.LanguageModel;
import dev.errand.handlers.model.Prompt;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes with the installation's language model, within the budget of the task.
///
/// An answer that is not valid against the schema is sent back once, with its errors. Thread-safe.
public final class Author {
  private static final String HOW_TO_CONFIGURE =
      "needs a language model, and none is configured: set LLM_PROVIDER (openai, anthropic, gemini"
          + " or ollama), LLM_MODEL and LLM_API_KEY, and LLM_BASE_URL for a server of your own;"
          + " with dry_run the task shows what it would ask";

  private final Optional<LanguageModel> model;

  /// @param model absent where none is configured
  public Author(Optional<LanguageModel> model) {
    this.model = model;
  }

  /// @throws InvalidParams where there is no model
  void requireModel() {
    if (model.isEmpty()) {
      throw new InvalidParams(List.of(new Violation("", HOW_TO_CONFIGURE)));
    }
  }

  /// The model's name, for people.
  String name() {
    return model.map(LanguageModel::name).orElse("none");
  }

  /// What sending `prompt` so many `times` would cost.
  DryRun.Call plan(String step, Prompt prompt, int times) {
    return DryRun.Call.of(step, prompt, times, model.map(known -> known.estimate(prompt)));
  }

  /// An answer that is valid against the prompt's schema.
  ///
  /// @throws TaskFailure when there is none, even after a correction
  ObjectNode write(Prompt prompt, Attempt attempt) throws TaskFailure, InterruptedException {
    Answer.Said first = ask(prompt, attempt);
    return switch (read(prompt, first)) {
      case Reading.Valid(var value) -> value;
      case Reading.Invalid(var errors) -> {
        attempt.warn("Asking again, for the answer is not usable: " + errors);
        yield writeAgain(prompt.again(first.text(), errors), attempt);
      }
    };
  }

  private ObjectNode writeAgain(Prompt prompt, Attempt attempt)
      throws TaskFailure, InterruptedException {
    return switch (read(prompt, ask(prompt, attempt))) {
      case Reading.Valid(var value) -> value;
      case Reading.Invalid(var errors) ->
          throw TaskFailure.external(
              "model_answer_invalid",
              "The language model %s twice gave an answer that cannot be used: %s."
                  .formatted(name(), String.join("; ", errors)),
              null);
    };
  }

  private static Reading read(Prompt prompt, Answer.Said said) {
    return switch (prompt.schema().read(said.text())) {
      case Reading.Invalid _ when said.cutShort() ->
          new Reading.Invalid(
              List.of("It was too long and was cut off (LLM_MAX_OUTPUT_TOKENS): be briefer"));
      case Reading reading -> reading;
    };
  }

  private Answer.Said ask(Prompt prompt, Attempt attempt) throws TaskFailure, InterruptedException {
    LanguageModel asked =
        model.orElseThrow(() ->
            TaskFailure.permanent("model_not_configured", "This worker " + HOW_TO_CONFIGURE + "."));
    return switch (asked.ask(prompt, attempt.budget())) {
      case Answer.Said said -> said;
      case Answer.Failed(var failure, _) -> throw failure;
    };
  }
}
