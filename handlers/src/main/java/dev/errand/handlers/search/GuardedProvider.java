package dev.errand.handlers.search;

import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Budget;
import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Reservation;
import dev.errand.engine.budget.Spending;
import dev.errand.handlers.concurrent.Sleeper;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderAnswer.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A provider with what protects it and us: a limit of concurrent calls, a rate limit, a circuit
/// breaker, a few retries, and a budget for each call. Thread-safe.
final class GuardedProvider {
  /// No call waits longer for its turn: the task is retried later instead.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  /// Calls for one query, at most.
  private static final int TRIES = 3;

  private final SearchProvider provider;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final RateLimiter limiter;
  private final CircuitBreaker breaker = new CircuitBreaker();
  private final Semaphore places;

  GuardedProvider(SearchProvider provider, InstantSource clock, Sleeper sleeper) {
    this.provider = provider;
    this.clock = clock;
    this.sleeper = sleeper;
    this.limiter = new RateLimiter(provider.rateLimit().interval());
    this.places = new Semaphore(provider.rateLimit().atOnce(), true);
  }

  SearchProvider provider() {
    return provider;
  }

  /// Asks the provider, and again after a short pause when it answers that it is busy.
  ///
  /// @param owner of the task that asks
  /// @throws TaskFailure when the budget does not allow it
  ProviderAnswer ask(SearchQuery query, String owner, Budget budget)
      throws TaskFailure, InterruptedException {
    if (!places.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      return busy(LONGEST_WAIT);
    }
    try {
      ProviderAnswer answer = once(query, owner, budget);
      for (int tries = 1; tries < TRIES && maySoonDoBetter(answer, tries); tries++) {
        answer = once(query, owner, budget);
      }
      return answer;
    } finally {
      places.release();
    }
  }

  /// Whether another call may soon do better: a provider that is busy says when; and valid keys
  /// have been refused for a moment.
  private static boolean maySoonDoBetter(ProviderAnswer answer, int tries) {
    return answer instanceof Failed(var kind, _, var after)
        && (kind == Kind.BUSY
            ? after.filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0).isPresent()
            : kind == Kind.UNAUTHORIZED && tries == 1);
  }

  private ProviderAnswer once(SearchQuery query, String owner, Budget budget)
      throws TaskFailure, InterruptedException {
    Optional<Duration> open = breaker.openFor(clock.instant());
    if (open.isPresent()) {
      return new Failed(
          Kind.DOWN, "has failed several times in a row and is left alone for a while", open);
    }
    Optional<Duration> turn = limiter.take(clock.instant(), LONGEST_WAIT);
    if (turn.isEmpty()) {
      return busy(limiter.wait(clock.instant()));
    }
    if (turn.get().isPositive()) {
      sleeper.sleep(turn.get());
    }
    ProviderAnswer answer = paid(query, owner, budget);
    note(answer);
    return answer;
  }

  private static Failed busy(Duration wait) {
    return new Failed(
        Kind.BUSY, "is asked as often as it allows; there is no turn for now", Optional.of(wait));
  }

  private ProviderAnswer paid(SearchQuery query, String owner, Budget budget)
      throws TaskFailure, InterruptedException {
    Money price = provider.price();
    if (price.equals(Money.NONE)) {
      return provider.search(query, owner);
    }
    try (Reservation reservation = budget.reserve(new Spending(0, price))) {
      ProviderAnswer answer = provider.search(query, owner);
      switch (answer) {
        case Found found -> reservation.settle(new Spending(0, found.cost()));
        case Failed failed when failed.kind().perhapsPaid() -> {}
        case Failed _ -> reservation.release();
      }
      return answer;
    }
  }

  private void note(ProviderAnswer answer) {
    switch (answer) {
      case Found found -> {
        breaker.record(true, clock.instant());
        found.pause().ifPresent(pause -> limiter.pause(clock.instant(), pause));
      }
      case Failed failed -> {
        breaker.record(!failed.kind().isOutage(), clock.instant());
        failed.retryAfter().ifPresent(pause -> limiter.pause(clock.instant(), pause));
      }
    }
  }
}
