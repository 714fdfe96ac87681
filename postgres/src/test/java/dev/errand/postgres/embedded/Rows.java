package dev.errand.postgres.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Rows in a table, to be found again after what a test does to the server.
final class Rows {
  private Rows() {}

  static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  static void write(Connection connection, int howMany) throws SQLException {
    execute(connection, "CREATE TABLE IF NOT EXISTS kept (number bigint)");
    execute(connection, "INSERT INTO kept SELECT generate_series(1, " + howMany + ")");
  }

  static int count(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = connect(postgres)) {
      return Integer.parseInt(value(connection, "SELECT count(*) FROM kept"));
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String value(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
