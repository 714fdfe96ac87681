package dev.errand.handlers.search;

import static dev.errand.handlers.search.StubProvider.answers;
import static dev.errand.handlers.search.StubProvider.finds;
import static dev.errand.handlers.search.StubProvider.hit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Spending;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderAnswer.Kind;
import dev.errand.handlers.search.SearchProvider.RateLimit;
import dev.errand.testkit.attempt.RecordingAttempt;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardedProviderTest {
  private static final RateLimit EVERY_THREE_SECONDS = new RateLimit(Duration.ofSeconds(3), 1);

  private final SettableClock clock = new SettableClock();
  private final List<Duration> waits = new ArrayList<>();
  private final RecordingAttempt attempt = new RecordingAttempt(new JacksonJson());

  @Test
  void calls_are_as_far_apart_as_the_provider_wants() throws Exception {
    GuardedProvider guard = guard(new StubProvider("a", EVERY_THREE_SECONDS, finds()));
    ask(guard);
    ask(guard);
    clock.advance(Duration.ofSeconds(1));
    ask(guard);

    assertThat(waits).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(2));
  }

  @Test
  void who_would_wait_too_long_is_told_when_to_come_again() throws Exception {
    Failed month = new Failed(Kind.BUSY, "is asked too often", Optional.of(Duration.ofMinutes(10)));
    StubProvider provider = new StubProvider("a", answers(month), finds());
    GuardedProvider guard = guard(provider);

    assertThat(ask(guard)).isEqualTo(month);
    clock.advance(Duration.ofMinutes(4));
    Failed early = (Failed) ask(guard);
    assertThat(early.kind()).isEqualTo(Kind.BUSY);
    assertThat(early.retryAfter()).contains(Duration.ofMinutes(6));
    assertThat(provider.asked()).hasSize(1);
    clock.advance(Duration.ofMinutes(6));
    assertThat(ask(guard)).isInstanceOf(Found.class);
  }

  @Test
  void too_many_calls_at_once_are_made_again_after_the_pause() throws Exception {
    Failed busy = new Failed(Kind.BUSY, "is asked too often", Optional.of(Duration.ofSeconds(1)));
    GuardedProvider guard =
        guard(new StubProvider("a", answers(busy), finds(hit("https://a.org/"))));

    assertThat(ask(guard)).isInstanceOf(Found.class);
    assertThat(waits).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void a_used_up_quota_is_not_asked_for_again() throws Exception {
    StubProvider provider =
        new StubProvider("a", answers(Failed.of(Kind.EXHAUSTED, "has no calls left")));

    assertThat(((Failed) ask(guard(provider))).kind()).isEqualTo(Kind.EXHAUSTED);
    assertThat(provider.asked()).hasSize(1);
  }

  @Test
  void a_refused_key_is_tried_once_more() throws Exception {
    Failed refused = Failed.of(Kind.UNAUTHORIZED, "refused the key");
    StubProvider provider = new StubProvider("a", answers(refused));

    assertThat(ask(guard(provider))).isEqualTo(refused);
    assertThat(provider.asked()).hasSize(2);
  }

  @Test
  void a_pause_that_an_answer_asks_for_is_kept() throws Exception {
    Found last = new Found(List.of(), Money.NONE, List.of(), Optional.of(Duration.ofSeconds(1)));
    GuardedProvider guard = guard(new StubProvider("a", answers(last), finds()));
    ask(guard);
    ask(guard);

    assertThat(waits).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void a_provider_that_keeps_failing_is_left_alone_until_one_call_finds_it_well() throws Exception {
    Failed down = Failed.of(Kind.DOWN, "answered 500");
    StubProvider provider =
        new StubProvider(
            "a",
            answers(down),
            answers(down),
            answers(down),
            answers(down),
            answers(down),
            answers(down),
            finds());
    GuardedProvider guard = guard(provider);
    for (int i = 0; i < 5; i++) {
      ask(guard);
    }
    assertThat(((Failed) ask(guard)).retryAfter()).contains(Duration.ofSeconds(30));
    assertThat(provider.asked()).hasSize(5);

    clock.advance(Duration.ofSeconds(30));
    assertThat(ask(guard)).isEqualTo(down);
    assertThat(ask(guard)).as("still ill").isInstanceOf(Failed.class);
    assertThat(provider.asked()).hasSize(6);

    clock.advance(Duration.ofSeconds(30));
    assertThat(ask(guard)).isInstanceOf(Found.class);
    assertThat(ask(guard)).isInstanceOf(Found.class);
  }

  @Test
  void a_refusal_says_nothing_about_the_providers_health() throws Exception {
    StubProvider provider = new StubProvider("a", answers(Failed.of(Kind.REFUSED, "answered 422")));
    GuardedProvider guard = guard(provider);
    for (int i = 0; i < 9; i++) {
      ask(guard);
    }

    assertThat(provider.asked()).hasSize(9);
  }

  @Test
  void a_call_is_paid_for_when_it_was_made_or_may_have_been() throws Exception {
    Money price = new Money(5_000);
    Found found = new Found(List.of(), new Money(7_000), List.of(), Optional.empty());
    GuardedProvider guard =
        guard(
            new StubProvider(
                    "a",
                    answers(found),
                    answers(Failed.of(Kind.DOWN, "answered 500")),
                    answers(Failed.of(Kind.LATE, "took too long")))
                .costing(price));
    ask(guard);
    ask(guard);
    ask(guard);

    assertThat(attempt.spent())
        .containsExactly(
            new Spending(0, new Money(7_000)), Spending.NOTHING, new Spending(0, price));
  }

  @Test
  void a_call_that_the_budget_does_not_allow_is_not_made() {
    StubProvider provider = new StubProvider("a", finds()).costing(new Money(5_000));

    assertThatThrownBy(() ->
            guard(provider)
                .ask(
                    FakeEngines.query("x"),
                    "ada",
                    _ -> {
                      throw TaskFailure.permanent("budget_exceeded", "no money");
                    }))
        .isInstanceOf(TaskFailure.class);
    assertThat(provider.asked()).isEmpty();
  }

  private GuardedProvider guard(StubProvider provider) {
    return new GuardedProvider(
        provider,
        clock,
        time -> {
          waits.add(time);
          clock.advance(time);
        });
  }

  private ProviderAnswer ask(GuardedProvider guard) throws Exception {
    return guard.ask(FakeEngines.query("x"), "ada", attempt.budget());
  }
}
