package dev.errand.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings a database to the schema this version needs.
public final class Migrations {
  /// The version of the last file in `db/migration`.
  static final String NEWEST = "3";

  private static final String CURRENT =
      """
      SELECT version FROM flyway_schema_history WHERE success
       ORDER BY installed_rank DESC LIMIT 1
      """;

  private Migrations() {}

  /// Applies what is missing. Nodes that start at once wait for each other.
  ///
  /// Where nothing is missing this takes one query, and not the second that the tool needs to look
  /// around.
  public static void migrate(DataSource connections) {
    if (!current(connections)) {
      flyway(connections).migrate();
    }
  }

  private static boolean current(DataSource connections) {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement();
        ResultSet last = statement.executeQuery(CURRENT)) {
      return last.next() && NEWEST.equals(last.getString(1));
    } catch (SQLException _) {
      return false; // there is no schema yet, or the tool will say better what is wrong
    }
  }

  static Flyway flyway(DataSource connections) {
    return Flyway.configure()
        .dataSource(connections)
        .locations("classpath:db/migration")
        .communityDBSupportEnabled(false)
        .load();
  }
}
