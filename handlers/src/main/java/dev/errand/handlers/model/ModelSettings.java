package dev.errand.handlers.model;

import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Spending;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Which language model is used, and on what terms.
///
/// @param model as the provider calls it
/// @param key absent for servers that ask for none
/// @param baseUrl absent for the provider's own
/// @param timeout how long one answer may take
/// @param maxOutputTokens how long one answer may be
public record ModelSettings(
    Provider provider,
    String model,
    Optional<ApiKey> key,
    Optional<URI> baseUrl,
    Duration timeout,
    int maxOutputTokens,
    Prices prices) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);
  public static final int DEFAULT_MAX_OUTPUT_TOKENS = 4096;

  /// The provider whose protocol is spoken.
  public enum Provider {
    /// Also every server that speaks its protocol.
    OPENAI,
    ANTHROPIC,
    GEMINI,
    OLLAMA;

    private final String word = name().toLowerCase(Locale.ROOT);

    @Override
    public String toString() {
      return word;
    }
  }

  /// Masked wherever it is printed.
  public record ApiKey(String value) {
    @Override
    public String toString() {
      return "***";
    }
  }

  /// What a million tokens cost in dollars, where that is known.
  public record Prices(Optional<BigDecimal> input, Optional<BigDecimal> output) {
    public static final Prices UNKNOWN = new Prices(Optional.empty(), Optional.empty());

    private static final int MILLION_DIGITS = 6;

    boolean areKnown() {
      return input.isPresent() && output.isPresent();
    }

    /// The cost of so many tokens; without known prices, no money.
    public Spending of(long inputTokens, long outputTokens) {
      BigDecimal dollars = cost(input, inputTokens).add(cost(output, outputTokens));
      return new Spending(Math.addExact(inputTokens, outputTokens), Money.dollars(dollars));
    }

    private static BigDecimal cost(Optional<BigDecimal> price, long tokens) {
      return price
          .orElse(BigDecimal.ZERO)
          .multiply(BigDecimal.valueOf(tokens))
          .movePointLeft(MILLION_DIGITS);
    }
  }
}
