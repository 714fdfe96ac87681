package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.task.StoreUnavailable;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "25006", "25P03", "40001", "40P01", "53100", "53300", "55P03", "57014", "57P01"
      })
  void what_may_succeed_later_is_worth_waiting_for(String state) {
    assertThat(Database.failure(new SQLException("not now", state)))
        .isInstanceOf(StoreUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22021", "23505", "42P01", "54000"})
  void what_will_never_succeed_is_not(String state) {
    assertThat(Database.failure(new SQLException("never", state)))
        .isInstanceOf(IllegalStateException.class);
  }
}
