package dev.errand.handlers.search;

import dev.errand.engine.budget.Money;
import java.time.Duration;
import java.util.Optional;

/// One search engine. Thread-safe.
public interface SearchProvider {

  /// By which a search names it, such as `brave`.
  String name();

  /// Why it would refuse `text` as a query, for the caller; empty when it takes it.
  default Optional<String> refusal(String text) {
    return Optional.empty();
  }

  /// What one call costs, as far as is known before it; nothing for what is free.
  default Money price() {
    return Money.NONE;
  }

  /// How it wants to be asked.
  RateLimit rateLimit();

  /// Whether what it answered is good for others who ask the same within the hour.
  default boolean isCacheable() {
    return true;
  }

  /// Asks once, and blocks until the answer is whole; nothing is repeated.
  ProviderAnswer search(SearchQuery query) throws InterruptedException;

  /// The same for `owner`, who may also find what is there for nobody else; who has such things is
  /// not worth remembering.
  default ProviderAnswer search(SearchQuery query, String owner) throws InterruptedException {
    return search(query);
  }

  /// @param interval between the beginnings of two calls of this process
  /// @param atOnce calls of this process under way at the same time
  record RateLimit(Duration interval, int atOnce) {}
}
