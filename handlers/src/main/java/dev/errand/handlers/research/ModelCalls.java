package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Spending;
import dev.errand.handlers.concurrent.Sleeper;
import dev.errand.handlers.model.Answer;
import dev.errand.handlers.model.LanguageModel;
import dev.errand.handlers.model.Prompt;
import dev.errand.handlers.research.Report.Cost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Calls the language model for one task. Each call is a step of its own, successful or not: a
/// later attempt neither makes nor pays for it again.
///
/// A call that fails is made up to three times; after that the model is not called any more in this
/// task. Not thread-safe.
final class ModelCalls {
  private static final int TRIES = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  /// The time that is left for the rest of the report.
  private static final Duration RESERVE = Duration.ofSeconds(20);

  /// Failures that concern a prompt rather than the model.
  private static final Set<String> OF_THE_PROMPT =
      Set.of("model_refused", "model_answer_unreadable");

  private final LanguageModel model;
  private final Sleeper sleeper;
  private final Attempt attempt;
  private Optional<String> gaveUp = Optional.empty();

  ModelCalls(LanguageModel model, Sleeper sleeper, Attempt attempt) {
    this.model = model;
    this.sleeper = sleeper;
    this.attempt = attempt;
  }

  String model() {
    return model.name();
  }

  /// The outcome of one call, as its step keeps it.
  ///
  /// @param text absent when there is no answer
  /// @param failure a code, absent when there is an answer
  /// @param problem for people, empty when there is an answer
  /// @param tokens spent, by the estimate where the provider does not say
  record Reply(
      Optional<String> text,
      boolean cutShort,
      Optional<String> failure,
      String problem,
      boolean retryable,
      Optional<Long> pauseMillis,
      long tokens,
      long microDollars) {

    static Reply said(Answer.Said said, Spending spent) {
      return new Reply(
          Optional.of(said.text()),
          said.cutShort(),
          Optional.empty(),
          "",
          false,
          Optional.empty(),
          spent.tokens(),
          spent.money().micros());
    }

    static Reply failed(TaskFailure failure, Spending spent) {
      return new Reply(
          Optional.empty(),
          false,
          Optional.of(failure.code()),
          String.valueOf(failure.getMessage()),
          failure.retryable(),
          failure.retryAfter().map(Duration::toMillis),
          spent.tokens(),
          spent.money().micros());
    }
  }

  /// A conversation about one thing.
  ///
  /// @param label of its steps, unique within the task
  Conversation about(String label) {
    return new Conversation(label);
  }

  /// Several calls about one thing.
  final class Conversation {
    private final String label;
    private final List<Cost> costs = new ArrayList<>();
    private String problem = "";

    private Conversation(String label) {
      this.label = label;
    }

    /// What the calls took, in order.
    List<Cost> costs() {
      return List.copyOf(costs);
    }

    /// Why the last prompt has no answer, for people.
    String problem() {
      return problem;
    }

    /// Asks, and asks again after failures that may pass.
    ///
    /// @return empty when the model did not answer
    Optional<Reply> ask(Prompt prompt) throws Exception {
      if (gaveUp.isPresent()) {
        problem = gaveUp.get();
        return Optional.empty();
      }
      for (int tries = 1; ; tries++) {
        boolean[] fresh = {false};
        Reply reply =
            attempt.step(
                label + ":call:" + (costs.size() + 1),
                Reply.class,
                () -> {
                  fresh[0] = true;
                  return call(prompt);
                });
        costs.add(Cost.of(label, reply, model.isPriced()));
        if (reply.text().isPresent()) {
          return Optional.of(reply);
        }
        problem = reply.problem();
        if (!reply.retryable() || tries == TRIES) {
          giveUp(reply);
          return Optional.empty();
        }
        if (fresh[0]) {
          attempt.warn("Asking again: " + problem);
          sleeper.sleep(pause(reply, tries));
        }
      }
    }
  }

  private void giveUp(Reply reply) {
    if (reply.failure().filter(OF_THE_PROMPT::contains).isEmpty()) {
      gaveUp = Optional.of(reply.problem());
    }
  }

  private static Duration pause(Reply reply, int tries) {
    Duration asked = Duration.ofMillis(reply.pauseMillis().orElse(1000L << (tries - 1)));
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }

  private Reply call(Prompt prompt) throws InterruptedException {
    if (attempt.timeLeft().compareTo(RESERVE) < 0) {
      return Reply.failed(
          TaskFailure.permanent("no_time", "There was no time left to ask the language model."),
          Spending.NOTHING);
    }
    try {
      Answer answer = model.ask(prompt, attempt.budget());
      Spending estimate = model.estimate(prompt);
      return switch (answer) {
        case Answer.Said said -> Reply.said(said, said.spending().orElse(estimate));
        case Answer.Failed(var failure, var perhapsPaid) ->
            Reply.failed(failure, perhapsPaid ? estimate : Spending.NOTHING);
      };
    } catch (TaskFailure refused) {
      // A budget that is full again tomorrow is too late for this report.
      return Reply.failed(
          TaskFailure.permanent(refused.code(), String.valueOf(refused.getMessage())),
          Spending.NOTHING);
    }
  }
}
