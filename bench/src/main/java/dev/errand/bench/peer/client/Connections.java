package dev.errand.bench.peer.client;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// Connections to the PostgreSQL that the driver names in the environment.
final class Connections {
  private Connections() {}

  /// Opens a connection each time.
  static PGSimpleDataSource direct() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {variable("PGHOST")});
    source.setPortNumbers(new int[] {Integer.parseInt(variable("PGPORT"))});
    source.setDatabaseName(variable("PGDATABASE"));
    source.setUser(variable("PGUSER"));
    source.setPassword(variable("PGPASSWORD"));
    return source;
  }

  /// A pool that is full from the start.
  static HikariDataSource pool(int size) {
    PGSimpleDataSource source = direct();
    source.setReWriteBatchedInserts(true);
    return pool(source, size, size);
  }

  static HikariDataSource pool(DataSource source, int most, int idle) {
    HikariConfig configuration = new HikariConfig();
    configuration.setDataSource(source);
    configuration.setMaximumPoolSize(most);
    configuration.setMinimumIdle(idle);
    return new HikariDataSource(configuration);
  }

  static void execute(String sql) throws SQLException {
    try (Connection connection = direct().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long count(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
