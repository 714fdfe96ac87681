package dev.errand.handlers.search;

import dev.errand.engine.budget.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// What a search found.
///
/// @param sources that were asked
/// @param results best first, each address once
/// @param warnings what did not work, or is worth knowing
/// @param asked the sources that answered
/// @param costUsd of the calls this search made itself
public record SearchResult(
    String query,
    List<String> sources,
    Optional<Integer> recencyDays,
    List<String> domains,
    List<Hit> results,
    List<Warning> warnings,
    List<Asked> asked,
    BigDecimal costUsd) {
  public SearchResult {
    sources = List.copyOf(sources);
    domains = List.copyOf(domains);
    results = List.copyOf(results);
    warnings = List.copyOf(warnings);
    asked = List.copyOf(asked);
  }

  /// @param code stable, such as `search_rate_limited`
  public record Warning(String source, String code, String message) {}

  /// @param hits of the source, before any was left out
  /// @param cached whether the answer came from the cache
  public record Asked(String source, int hits, boolean cached, BigDecimal costUsd) {
    static Asked of(String source, CachedAnswer answer) {
      return new Asked(source, answer.hits().size(), answer.cached(), answer.cost().dollars());
    }

    Money cost() {
      return Money.dollars(costUsd);
    }
  }
}
