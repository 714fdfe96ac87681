package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestDatabaseTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Test
  void a_migrated_database_has_the_tables_of_this_version() throws SQLException {
    assertThat(tables(database)).isPositive();
  }

  @Test
  void a_connection_left_open_is_noticed() throws SQLException {
    try (Connection forgotten = database.pool().getConnection()) {
      assertThatThrownBy(database::checkConnections)
          .as(forgotten.toString())
          .hasMessageContaining("connections that the test left open");
    }
    database.checkConnections();
  }

  @Nested
  class ANestedClass {
    @Test
    void shares_the_database() throws SQLException {
      assertThat(tables(database)).isPositive();
    }
  }

  @Nested
  class AnotherDatabase {
    @RegisterExtension static final TestDatabase other = TestDatabase.empty();

    @Test
    void knows_nothing_of_the_first() throws SQLException {
      assertThat(tables(other)).isZero();
      assertThat(tables(database)).isPositive();
    }
  }

  private static int tables(TestDatabase database) throws SQLException {
    try (var connection = database.pool().getConnection();
        var statement = connection.createStatement();
        var tables =
            statement.executeQuery("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) {
      tables.next();
      return tables.getInt(1);
    }
  }
}
