package dev.errand.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "postgresql://u:p@db:5433/tasks, jdbc:postgresql://db:5433/tasks, u, p",
        "postgres://u:p@db/tasks, jdbc:postgresql://db/tasks, u, p",
        "postgresql+psycopg2://api:api@postgres:5432/api, jdbc:postgresql://postgres:5432/api, api, api",
        "postgresql+asyncpg://u@db/tasks?sslmode=require, jdbc:postgresql://db/tasks?sslmode=require, u, -",
        "postgresql://u:p%40ss%3A%2F+%C3%A9@db/my%20tasks, jdbc:postgresql://db/my+tasks, u, p@ss:/+é",
        "postgresql://[::1]:5432/tasks, jdbc:postgresql://[::1]:5432/tasks, -, -",
        "jdbc:postgresql://db/tasks?user=u&password=p, jdbc:postgresql://db/tasks?user=u&password=p, -, -",
      })
  void the_addresses_other_tools_use_are_understood(
      String text, String jdbcUrl, @Nullable String user, @Nullable String password) {
    assertThat(DatabaseAddress.parse(text)).isEqualTo(new DatabaseAddress(jdbcUrl, user, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:geheim@db/tasks",
        "jdbc:postgresql://db/tasks?user=u&password=geheim",
        "jdbc:postgresql://db/tasks?sslpassword=geheim&user=u"
      })
  void a_password_is_never_shown(String text) {
    assertThat(DatabaseAddress.parse(text).toString())
        .contains("db/tasks")
        .doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql:",
        "postgresql://",
        "postgresql://db",
        "postgresql://db/",
        "db/x",
        "x"
      })
  void what_names_no_database_is_refused(String text) {
    assertThatThrownBy(() -> DatabaseAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must look like");
  }
}
