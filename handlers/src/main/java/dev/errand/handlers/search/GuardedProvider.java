package dev.errand.handlers.search;

import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Budget;
import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Reservation;
import dev.errand.engine.budget.Spending;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderAnswer.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets calls to one provider through as it wants them: so many at once, so far apart, none while
/// it asks for a pause or is ill, and each within a budget. Thread-safe.
final class GuardedProvider {
  /// Nobody waits longer for a turn; the task comes again later.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  /// What is asked again at once where the provider says that it may do better.
  private static final int TRIES = 3;

  private final SearchProvider provider;
  private final InstantSource clock;
  private final Waiting waiting;
  private final RateLimiter limiter;
  private final CircuitBreaker breaker = new CircuitBreaker();
  private final Semaphore places;

  /// How time passes.
  @FunctionalInterface
  interface Waiting {
    void forTime(Duration time) throws InterruptedException;
  }

  GuardedProvider(SearchProvider provider, InstantSource clock, Waiting waiting) {
    this.provider = provider;
    this.clock = clock;
    this.waiting = waiting;
    this.limiter = new RateLimiter(provider.rateLimit().interval());
    this.places = new Semaphore(provider.rateLimit().atOnce(), true);
  }

  SearchProvider provider() {
    return provider;
  }

  /// @param owner for whom it is asked
  /// @throws TaskFailure when the budget is too small
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

  /// Too many calls at once pass. A key that is refused is asked about twice: providers have
  /// refused good ones for a moment.
  private static boolean maySoonDoBetter(ProviderAnswer answer, int tries) {
    return answer instanceof Failed(var kind, _, var after)
        && (kind == Kind.BUSY
            ? after.filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0).isPresent()
            : kind == Kind.UNAUTHORIZED && tries == 1);
  }

  private ProviderAnswer once(SearchQuery query, String owner, Budget budget)
      throws TaskFailure, InterruptedException {
    Optional<Duration> rest = breaker.rest(clock.instant());
    if (rest.isPresent()) {
      return new Failed(
          Kind.DOWN, "has failed several times in a row and is left alone for a while", rest);
    }
    Optional<Duration> turn = limiter.take(clock.instant(), LONGEST_WAIT);
    if (turn.isEmpty()) {
      return busy(limiter.wait(clock.instant()));
    }
    if (turn.get().isPositive()) {
      waiting.forTime(turn.get());
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
        breaker.went(true, clock.instant());
        found.pause().ifPresent(pause -> limiter.pause(clock.instant(), pause));
      }
      case Failed failed -> {
        breaker.went(!failed.kind().isIll(), clock.instant());
        failed.retryAfter().ifPresent(pause -> limiter.pause(clock.instant(), pause));
      }
    }
  }
}
