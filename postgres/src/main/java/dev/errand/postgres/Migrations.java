package dev.errand.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/// Brings a database to the schema this version needs.
///
/// Beside each `V<n>__<name>.sql` lies a `U<n>__<name>.sql` with the way back, which [Rollback]
/// takes.
public final class Migrations {
  /// The version of the last file in `db/migration`.
  static final String NEWEST = "12";

  static final String FOLDER = "db/migration";

  private static final String CURRENT =
      """
      SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL
       ORDER BY installed_rank DESC LIMIT 1
      """;

  private Migrations() {}

  /// Applies what is missing. Nodes that start at once wait for each other.
  ///
  /// Where nothing is missing this takes one query, and not the second that the tool needs to look
  /// around.
  ///
  /// @throws NewerSchema when a newer version has migrated the database, be it meanwhile
  public static void migrate(DataSource connections) {
    if (!current(connections)) {
      flyway(connections).migrate();
      current(connections);
    }
  }

  /// Every migration that this version knows or the database has, the first one first.
  public static List<Migration> status(DataSource connections) {
    return status(connections, FOLDER);
  }

  static List<Migration> status(DataSource connections, String folder) {
    return Arrays.stream(flyway(connections, folder).info().all())
        .filter(found -> found.getVersion() != null)
        .map(found -> migration(found, folder))
        .toList();
  }

  private static Migration migration(MigrationInfo found, String folder) {
    boolean known = found.getState().isResolved();
    return new Migration(
        String.valueOf(found.getVersion()),
        found.getDescription(),
        Optional.ofNullable(found.getInstalledOn()).map(Date::toInstant),
        known,
        known && WayBack.of(folder, found.getScript()).isPresent());
  }

  private static boolean current(DataSource connections) {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement();
        ResultSet last = statement.executeQuery(CURRENT)) {
      return last.next() && checked(last.getString(1));
    } catch (SQLException _) {
      return false; // there is no schema yet, or the tool will say better what is wrong
    }
  }

  private static boolean checked(String version) {
    if (MigrationVersion.fromVersion(version).isNewerThan(NEWEST)) {
      throw new NewerSchema(version, NEWEST);
    }
    return NEWEST.equals(version);
  }

  static Flyway flyway(DataSource connections) {
    return flyway(connections, FOLDER);
  }

  static Flyway flyway(DataSource connections, String folder) {
    return Flyway.configure()
        .dataSource(connections)
        .locations("classpath:" + folder)
        .communityDBSupportEnabled(false)
        .load();
  }
}
