package dev.errand.testkit.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.Money;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "2.50, 2500000",
    "0.000001, 1",
    "0.0000001, 1",
    "1000000000, 1000000000000000"
  })
  void dollars_become_millionths_and_nothing_becomes_free(BigDecimal dollars, long micros) {
    assertThat(Money.dollars(dollars)).isEqualTo(new Money(micros));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.01", "1000000000.000001", "1e30"})
  void what_no_budget_has_is_refused(BigDecimal dollars) {
    assertThatThrownBy(() -> Money.dollars(dollars)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0.000001", "2500000, 2.5", "100000000, 100"})
  void millionths_are_shown_in_dollars(long micros, String shown) {
    assertThat(new Money(micros)).hasToString(shown + " USD");
  }

  @Test
  void of_two_allowances_the_smaller_one_of_each_kind_counts() {
    Allowance one = new Allowance(10L, null);
    Allowance other = new Allowance(20L, new Money(5));

    assertThat(one.within(other)).isEqualTo(new Allowance(10L, new Money(5)));
    assertThat(other.within(one)).isEqualTo(one.within(other));
    assertThat(one.within(Allowance.UNLIMITED)).isEqualTo(one);
  }
}
