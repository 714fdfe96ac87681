package dev.errand.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.engine.access.Caller;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.testkit.memory.InMemoryStore;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SubmissionRateTest {
  private static final Caller ADA = new Caller("ada", Caller.Role.USER);
  private static final Caller BOB = new Caller("bob", Caller.Role.USER);

  private final SettableClock clock = new SettableClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final AtomicInteger asked = new AtomicInteger();
  private final Rates rates =
      new Rates() {
        @Override
        public Grant take(String owner, int need, int block, int limit) {
          asked.incrementAndGet();
          return store.rates().take(owner, need, block, limit);
        }

        @Override
        public int forget(Duration age) {
          return store.rates().forget(age);
        }
      };

  @Test
  void two_nodes_let_through_no_more_than_one_would() {
    SubmissionRate one = node(30);
    SubmissionRate two = node(30);

    int through = 0;
    for (int i = 0; i < 50; i++) {
      through += passed(one, 1) + passed(two, 1);
    }

    assertThat(through).isEqualTo(30);
    assertThat(passed(one, BOB, 1)).isEqualTo(1);
  }

  @Test
  void the_next_minute_is_a_new_one_on_every_node() {
    SubmissionRate one = node(3);
    SubmissionRate two = node(3);
    one.count(ADA, 3);
    clock.advance(Duration.ofSeconds(45));

    assertThat(retryAfter(two)).isEqualTo(Duration.ofSeconds(15));

    clock.advance(Duration.ofSeconds(16));
    two.count(ADA, 2);
    assertThat(passed(one, 2)).isZero();
    assertThat(passed(one, 1)).isEqualTo(1);
    assertThat(passed(two, 1)).isZero();
  }

  @Test
  void whoever_is_refused_once_is_refused_without_asking_the_store_again() {
    SubmissionRate node = node(5);
    node.count(ADA, 5);
    passed(node, 1);
    asked.set(0);

    assertThat(passed(node, 1)).isZero();
    assertThat(asked).hasValue(0);
  }

  @Test
  void a_high_limit_asks_the_store_a_hundred_times_a_minute_at_most() {
    SubmissionRate node = node(20_000);

    for (int i = 0; i < 20_000; i++) {
      node.count(ADA);
    }

    assertThat(asked).hasValue(100);
    assertThat(passed(node, 1)).isZero();
  }

  @Test
  void what_a_node_took_and_did_not_use_is_lost_with_its_minute() {
    SubmissionRate one = node(1_000);
    one.count(ADA);
    clock.advance(Duration.ofSeconds(61));
    SubmissionRate two = node(1_000);
    two.count(ADA, 1_000);

    assertThat(passed(one, 1)).isZero();
  }

  @Test
  void a_batch_passes_whole_or_not_at_all() {
    SubmissionRate node = node(10);
    node.count(ADA, 6);

    assertThat(passed(node, 6)).isZero();
    assertThat(passed(node, 4)).isEqualTo(4);
    assertThatThrownBy(() -> node.count(ADA, 11))
        .isInstanceOfSatisfying(
            Problem.Refused.class,
            refused -> assertThat(refused.problem()).isEqualTo(new Problem.BatchBeyondRate(10)));
  }

  @Test
  void while_the_store_is_away_nobody_is_counted() {
    SubmissionRate node = node(1);
    store.goesAway();
    assertThatThrownBy(() -> node.count(ADA)).isInstanceOf(StoreUnavailable.class);

    store.comesBack();
    assertThat(passed(node, 1)).isEqualTo(1);
  }

  private SubmissionRate node(int tasksPerMinute) {
    Limits usual = Limits.DEFAULTS;
    Limits limits =
        new Limits(
            usual.maxRuntime(),
            usual.maxArtifactBytes(),
            tasksPerMinute,
            usual.searchSources(),
            usual.fetchDomains(),
            usual.maxBatchSize(),
            usual.searchCacheFor(),
            usual.fetchCacheFor(),
            usual.searchMaxResults(),
            usual.budgets());
    return new SubmissionRate(limits, rates, this::nanoTime);
  }

  private long nanoTime() {
    return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
  }

  private static int passed(SubmissionRate node, int tasks) {
    return passed(node, ADA, tasks);
  }

  private static int passed(SubmissionRate node, Caller caller, int tasks) {
    try {
      node.count(caller, tasks);
      return tasks;
    } catch (Problem.Refused _) {
      return 0;
    }
  }

  private static Duration retryAfter(SubmissionRate node) {
    Problem.Refused refused = catchThrowableOfType(Problem.Refused.class, () -> node.count(ADA, 1));
    return ((Problem.RateLimited) refused.problem()).retryAfter();
  }
}
