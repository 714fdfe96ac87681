package dev.errand.handlers.search;

import dev.errand.engine.budget.Money;
import dev.errand.handlers.search.ProviderAnswer.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A provider that answers what the test has laid out; the last answer stays.
final class StubProvider implements SearchProvider {
  private final String name;
  private final RateLimit rateLimit;
  private final Deque<Call> calls = new ArrayDeque<>();
  private final List<SearchQuery> asked = new ArrayList<>();
  private Money price = Money.NONE;

  interface Call {
    ProviderAnswer answer() throws InterruptedException;
  }

  StubProvider(String name, Call... calls) {
    this(name, new RateLimit(Duration.ZERO, 10), calls);
  }

  StubProvider(String name, RateLimit rateLimit, Call... calls) {
    this.name = name;
    this.rateLimit = rateLimit;
    this.calls.addAll(Arrays.asList(calls));
  }

  StubProvider costing(Money one) {
    price = one;
    return this;
  }

  static Call finds(ProviderHit... hits) {
    return () -> Found.free(List.of(hits));
  }

  static Call answers(ProviderAnswer answer) {
    return () -> answer;
  }

  static ProviderHit hit(String url) {
    return new ProviderHit(url, "Title of " + url, "Some of " + url, Optional.empty());
  }

  static ProviderHit hit(String url, Instant published) {
    return new ProviderHit(url, "Title of " + url, "Some of " + url, Optional.of(published));
  }

  synchronized List<SearchQuery> asked() {
    return List.copyOf(asked);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Money price() {
    return price;
  }

  @Override
  public RateLimit rateLimit() {
    return rateLimit;
  }

  @Override
  public ProviderAnswer search(SearchQuery query) throws InterruptedException {
    return next(query).answer();
  }

  private synchronized Call next(SearchQuery query) {
    asked.add(query);
    return calls.size() > 1 ? calls.removeFirst() : calls.getFirst();
  }
}
