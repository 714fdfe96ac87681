package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RaceTest {

  @Test
  void all_racers_run_at_once() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(3);
    Callable<Boolean> racer = () -> barrier.await(10, TimeUnit.SECONDS) >= 0;

    assertThat(Race.between(List.of(racer, racer, racer))).containsExactly(true, true, true);
  }

  @Test
  void results_come_in_the_order_of_the_racers() throws Exception {
    assertThat(Race.<Integer>between(List.of(() -> 1, () -> 2, () -> 3))).containsExactly(1, 2, 3);
  }

  @Test
  void what_a_racer_throws_fails_the_race() {
    assertThatThrownBy(() ->
            Race.<Integer>between(
                List.of(
                    () -> 1,
                    () -> {
                      throw new IllegalStateException("stumbled");
                    })))
        .hasRootCauseMessage("stumbled");
  }
}
