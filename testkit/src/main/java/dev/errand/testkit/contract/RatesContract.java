package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.limits.Rates.Grant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [dev.errand.engine.limits.Rates] must count.
public abstract class RatesContract extends StoreContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void blocks_are_granted_until_the_minutes_allowance_is_taken() {
    assertThat(granted(1, 4)).isEqualTo(4);
    assertThat(granted(1, 4)).isEqualTo(4);
    assertThat(granted(1, 4)).isEqualTo(2);
    assertThat(granted(1, 4)).isZero();
  }

  @Test
  void the_first_block_is_no_more_than_the_allowance() {
    assertThat(granted(1, 100)).isEqualTo(10);
    assertThat(granted(1, 100)).isZero();
  }

  @Test
  void what_is_needed_is_granted_whole_or_not_at_all() {
    assertThat(granted(7, 7)).isEqualTo(7);
    assertThat(granted(4, 4)).isZero();
    assertThat(granted(3, 8)).isEqualTo(3);
  }

  @Test
  void a_minute_after_the_first_there_is_a_new_allowance() {
    granted(10, 10);
    store().timePasses(MINUTE.minus(store().precision()).minusSeconds(1));
    assertThat(granted(1, 1)).isZero();

    store().timePasses(store().precision().plusSeconds(2));
    assertThat(granted(1, 1)).isEqualTo(1);
    assertThat(granted(9, 9)).isEqualTo(9);
    assertThat(granted(1, 1)).isZero();
  }

  @Test
  void a_grant_says_when_its_minute_is_over() {
    assertThat(take("ada", 1, 1).endsIn()).isBetween(MINUTE.minus(store().precision()), MINUTE);
    store().timePasses(Duration.ofSeconds(40));

    assertThat(take("ada", 1, 1).endsIn())
        .isBetween(Duration.ofSeconds(20).minus(store().precision()), Duration.ofSeconds(20));
  }

  @Test
  void after_the_clock_was_set_back_nobody_waits_for_the_past_to_come_again() {
    granted(10, 10);
    store().timePasses(Duration.ofHours(-5));

    assertThat(granted(1, 1)).isEqualTo(1);
  }

  @Test
  void minutes_that_are_long_over_are_forgotten() {
    granted(10, 10);
    assertThat(store().rates().forget(Duration.ofHours(1))).isZero();
    store().timePasses(Duration.ofHours(2));

    assertThat(store().rates().forget(Duration.ofHours(1))).isEqualTo(1);
    assertThat(granted(1, 1)).isEqualTo(1);
  }

  @Test
  void owners_have_an_allowance_each() {
    take("ada", 10, 10);

    assertThat(take("bob", 1, 3).submissions()).isEqualTo(3);
  }

  @Test
  void nodes_that_race_are_granted_no_more_than_there_is() throws Exception {
    List<Callable<Integer>> racers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      racers.add(() -> IntStream.range(0, 20).map(_ -> granted(1, 3, 200)).sum());
    }

    assertThat(Race.between(racers).stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
  }

  private int granted(int need, int block) {
    return granted(need, block, 10);
  }

  private int granted(int need, int block, int limit) {
    return store().rates().take("ada", need, block, limit).submissions();
  }

  private Grant take(String owner, int need, int block) {
    return store().rates().take(owner, need, block, 10);
  }
}
