package dev.errand.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettableClockTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void time_stands_still_until_it_is_moved() {
    SettableClock clock = new SettableClock(NOON);

    assertThat(clock.instant()).isEqualTo(NOON).isEqualTo(clock.instant());
    assertThat(clock.advance(Duration.ofSeconds(5))).isEqualTo(NOON.plusSeconds(5));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(5));
    clock.set(NOON.minusSeconds(60));
    assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(60));
  }
}
