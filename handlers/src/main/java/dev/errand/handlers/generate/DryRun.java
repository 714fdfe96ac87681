package dev.errand.handlers.generate;

import dev.errand.engine.budget.Spending;
import dev.errand.handlers.model.Prompt;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a task would ask, without having asked it.
///
/// @param model that would be asked, `none` where none is configured
/// @param estimatedTokens of all calls at most, without corrections
/// @param estimatedUsd absent where the prices are not known (`LLM_USD_PER_MILLION_INPUT_TOKENS`,
///   `LLM_USD_PER_MILLION_OUTPUT_TOKENS`)
public record DryRun(
    boolean dryRun,
    String model,
    List<Call> calls,
    long estimatedTokens,
    Optional<BigDecimal> estimatedUsd,
    List<String> warnings) {

  /// A prompt that a task would send.
  ///
  /// @param times how often, each time about something else
  /// @param estimatedTokens at most, each time; without a configured model those of the prompt
  /// @param estimatedUsd at most, each time; absent where the prices are not known
  public record Call(
      String step,
      int times,
      String instructions,
      String prompt,
      JsonNode schema,
      long estimatedTokens,
      Optional<BigDecimal> estimatedUsd) {

    static Call of(String step, Prompt prompt, int times, Optional<Spending> estimate) {
      return new Call(
          step,
          times,
          prompt.wholeInstructions(),
          prompt.text(),
          prompt.schema().value(),
          estimate.map(Spending::tokens).orElse((long) prompt.estimatedTokens()),
          estimate
              .map(spending -> spending.money().dollars())
              .filter(dollars -> dollars.signum() > 0));
    }
  }

  static DryRun of(String model, List<Call> calls, List<String> warnings) {
    long tokens = calls.stream().mapToLong(call -> call.estimatedTokens() * call.times()).sum();
    Optional<BigDecimal> usd =
        calls.stream()
            .flatMap(call ->
                call
                    .estimatedUsd()
                    .map(each -> each.multiply(BigDecimal.valueOf(call.times())))
                    .stream())
            .reduce(BigDecimal::add);
    return new DryRun(true, model, calls, tokens, usd, warnings);
  }
}
