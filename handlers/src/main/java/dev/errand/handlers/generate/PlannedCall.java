package dev.errand.handlers.generate;

import dev.errand.engine.budget.Spending;
import dev.errand.handlers.model.Question;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A question that a task would ask.
///
/// @param times how often, each time about something else
/// @param estimatedTokens at most, each time; without a configured model those of the question
/// @param estimatedUsd at most, each time; absent where the prices are not known
public record PlannedCall(
    String step,
    int times,
    String instructions,
    String prompt,
    JsonNode schema,
    long estimatedTokens,
    Optional<BigDecimal> estimatedUsd) {

  static PlannedCall of(String step, Question question, int times, Optional<Spending> estimate) {
    return new PlannedCall(
        step,
        times,
        question.wholeInstructions(),
        question.prompt(),
        question.schema().value(),
        estimate.map(Spending::tokens).orElse((long) question.estimatedTokens()),
        estimate
            .map(spending -> spending.money().dollars())
            .filter(dollars -> dollars.signum() > 0));
  }
}
