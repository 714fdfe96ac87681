package dev.errand.handlers.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HostThrottleTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SettableClock clock = new SettableClock();
  private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

  @Test
  void a_host_is_left_alone_between_two_fetches() throws Exception {
    HostThrottle throttle = throttle(1);
    visit(throttle, "a.example", Duration.ZERO);
    visit(throttle, "a.example", Duration.ZERO);
    clock.advance(Duration.ofMillis(400));
    visit(throttle, "a.example", Duration.ZERO);
    clock.advance(Duration.ofSeconds(5));
    visit(throttle, "a.example", Duration.ZERO);

    assertThat(waits).containsExactly(Duration.ZERO, SECOND, Duration.ofMillis(600), Duration.ZERO);
  }

  @Test
  void a_host_that_asks_for_more_gets_more_and_none_gets_less() throws Exception {
    HostThrottle throttle = throttle(1);
    visit(throttle, "a.example", Duration.ofSeconds(7));
    visit(throttle, "a.example", Duration.ofMillis(1));
    visit(throttle, "a.example", Duration.ZERO);

    assertThat(waits).containsExactly(Duration.ZERO, Duration.ofSeconds(7), SECOND);
  }

  @Test
  void hosts_do_not_wait_for_each_other() throws Exception {
    HostThrottle throttle = throttle(1);
    try (HostThrottle.Turn _ = throttle.turn("a.example", Duration.ZERO)) {
      visit(throttle, "b.example", Duration.ZERO);
    }

    assertThat(waits).containsExactly(Duration.ZERO, Duration.ZERO);
  }

  @Test
  void fetches_under_way_together_begin_one_after_the_other() throws Exception {
    List<Duration> asked = new ArrayList<>();
    HostThrottle throttle =
        new HostThrottle(new Politeness(false, SECOND, 3), clock, asked::add); // time stands still
    try (HostThrottle.Turn _ = throttle.turn("a.example", Duration.ZERO);
        HostThrottle.Turn _ = throttle.turn("a.example", Duration.ZERO);
        HostThrottle.Turn _ = throttle.turn("a.example", Duration.ZERO)) {
      assertThat(asked).containsExactly(Duration.ZERO, SECOND, Duration.ofSeconds(2));
    }
  }

  @Test
  void one_more_than_may_go_at_once_waits_until_another_is_back() throws Exception {
    HostThrottle throttle = throttle(1);
    CountDownLatch back = new CountDownLatch(1);
    FutureTask<Long> second =
        new FutureTask<>(() -> {
          try (HostThrottle.Turn _ = throttle.turn("a.example", Duration.ZERO)) {
            return back.getCount();
          }
        });
    Thread waiting;
    try (HostThrottle.Turn _ = throttle.turn("a.example", Duration.ZERO)) {
      waiting = Thread.ofVirtual().start(second);
      while (waiting.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      assertThat(waits).hasSize(1);
      back.countDown();
    }

    assertThat(second.get()).isZero();
  }

  @Test
  void who_is_interrupted_while_he_waits_gives_his_place_back() throws Exception {
    List<String> interrupted = new ArrayList<>(List.of("once"));
    HostThrottle throttle =
        new HostThrottle(
            new Politeness(false, SECOND, 1),
            clock,
            time -> {
              if (!interrupted.isEmpty()) {
                interrupted.clear();
                throw new InterruptedException();
              }
              waits.add(time);
            });
    assertThatThrownBy(() -> throttle.turn("a.example", Duration.ZERO))
        .isInstanceOf(InterruptedException.class);

    visit(throttle, "a.example", Duration.ZERO);
    assertThat(waits).containsExactly(SECOND);
  }

  private HostThrottle throttle(int atOnce) {
    return new HostThrottle(
        new Politeness(false, SECOND, atOnce),
        clock,
        time -> {
          waits.add(time);
          clock.advance(time);
        });
  }

  private static void visit(HostThrottle throttle, String host, Duration delay)
      throws InterruptedException {
    throttle.turn(host, delay).close();
  }
}
