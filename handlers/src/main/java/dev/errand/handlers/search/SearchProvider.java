package dev.errand.handlers.search;

import dev.errand.engine.budget.Money;
import java.time.Duration;
import java.util.Optional;

/// One search engine. Thread-safe.
public interface SearchProvider {

  /// The name that searches use for it, such as `brave`.
  String name();

  /// Why it would refuse `text` as a query, for the caller; empty when it would accept it.
  default Optional<String> refusal(String text) {
    return Optional.empty();
  }

  /// What one call costs, as far as is known before it is made; none when it is free.
  default Money price() {
    return Money.NONE;
  }

  /// How often it may be asked.
  RateLimit rateLimit();

  /// Whether its answers may be cached and given to others who ask the same.
  default boolean isCacheable() {
    return true;
  }

  /// Asks once, and blocks until the answer is whole; nothing is repeated.
  ProviderAnswer search(SearchQuery query) throws InterruptedException;

  /// The same on behalf of `owner`, who may also find what is private to them. A provider with
  /// private results is not cacheable.
  default ProviderAnswer search(SearchQuery query, String owner) throws InterruptedException {
    return search(query);
  }

  /// @param interval between the beginnings of two calls of this process
  /// @param atOnce calls of this process under way at the same time
  record RateLimit(Duration interval, int atOnce) {}
}
