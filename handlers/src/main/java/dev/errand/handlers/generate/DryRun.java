package dev.errand.handlers.generate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// What a task would ask, without having asked it.
///
/// @param model that would be asked, `none` where none is configured
/// @param estimatedTokens of all calls at most, without corrections
/// @param estimatedUsd absent where the prices are not known (`LLM_USD_PER_MILLION_INPUT_TOKENS`,
///   `LLM_USD_PER_MILLION_OUTPUT_TOKENS`)
public record DryRun(
    boolean dryRun,
    String model,
    List<PlannedCall> calls,
    long estimatedTokens,
    Optional<BigDecimal> estimatedUsd,
    List<String> warnings) {

  static DryRun of(String model, List<PlannedCall> calls, List<String> warnings) {
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
