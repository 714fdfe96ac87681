package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationsTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.empty();

  @Test
  void a_database_comes_to_the_newest_schema_and_stays_there() {
    Flyway flyway = Migrations.flyway(database.pool());
    assertThat(flyway.info().pending()).isNotEmpty();

    Migrations.migrate(database.pool());
    Migrations.migrate(database.pool());

    assertThat(flyway.info().pending()).isEmpty();
    MigrationInfo newest = Objects.requireNonNull(flyway.info().current());
    assertThat(String.valueOf(newest.getVersion())).isEqualTo(Migrations.NEWEST);
    flyway.validate();
  }
}
