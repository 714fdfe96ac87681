package dev.errand.postgres;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings a database to the schema this version needs.
public final class Migrations {
  private Migrations() {}

  /// Applies what is missing. Nodes that start at once wait for each other.
  public static void migrate(DataSource connections) {
    Flyway.configure()
        .dataSource(connections)
        .locations("classpath:db/migration")
        .communityDBSupportEnabled(false)
        .load()
        .migrate();
  }
}
