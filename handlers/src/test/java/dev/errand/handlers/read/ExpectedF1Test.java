package dev.errand.handlers.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExpectedF1Test {

  @Test
  void what_is_certain_is_kept_and_the_rest_is_not() {
    ExpectedF1 best = ExpectedF1.of(new double[] {1, 0, 1, 0}, new int[] {5, 50, 9, 3});
    assertThat(best.kept()).containsExactly(true, false, true, false);
    assertThat(best.expected()).isCloseTo(1, within(1e-9));
  }

  @Test
  void where_nothing_is_certain_more_is_kept() {
    ExpectedF1 best = ExpectedF1.of(new double[] {0.4, 0.3, 0.02}, new int[] {10, 10, 10});
    assertThat(best.kept()).containsExactly(true, true, false);
    assertThat(best.expected()).isLessThan(0.6);
  }

  @Test
  void nothing_is_kept_of_nothing() {
    ExpectedF1 best = ExpectedF1.of(new double[] {}, new int[] {});
    assertThat(best.kept()).isEmpty();
    assertThat(best.expected()).isZero();
  }
}
