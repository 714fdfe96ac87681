package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.postgres.Rollback.Agreement;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationsTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.empty();

  private final Database sql = new Database(database.pool());

  @AfterEach
  void clear() {
    sql.update("DROP SCHEMA public CASCADE");
    sql.update("CREATE SCHEMA public");
  }

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
    assertThat(Migrations.status(database.pool())).allMatch(found -> found.appliedAt().isPresent());
  }

  @Test
  void every_migration_can_be_undone_and_made_again() {
    for (Migration migration : Migrations.status(database.pool())) {
      List<String> before = SchemaDump.of(database.pool());
      migrateTo(migration.version());
      List<String> after = SchemaDump.of(database.pool());
      assertThat(migration.reversible()).as("a way back from %s", migration).isTrue();

      Rollback rollback = new Rollback(database.pool());
      Rollback.Step step = rollback.last();
      assertThat(step.version()).isEqualTo(migration.version());
      assertThat(step.losses()).as("what is lost with %s", migration).isNotEmpty();
      rollback.take(step, new Agreement(false, true));

      assertThat(SchemaDump.of(database.pool())).as("without %s", migration).isEqualTo(before);
      migrateTo(migration.version());
      assertThat(SchemaDump.of(database.pool())).as("with %s", migration).isEqualTo(after);
    }
  }

  @Test
  void a_database_of_a_newer_version_is_left_alone() {
    Migrations.migrate(database.pool());
    sql.update(
        """
        INSERT INTO flyway_schema_history
        SELECT 900, '900', 'owls', 'SQL', 'V900__owls.sql', 0, 'me', now(), 1, true
        """);

    assertThatThrownBy(() -> Migrations.migrate(database.pool()))
        .isInstanceOf(NewerSchema.class)
        .hasMessageContainingAll("schema 900", "newer version", "errand db rollback");
    assertThat(Migrations.status(database.pool()))
        .last()
        .matches(owls -> !owls.known() && !owls.reversible() && owls.appliedAt().isPresent());
  }

  private static void migrateTo(String version) {
    Flyway.configure()
        .configuration(Migrations.flyway(database.pool()).getConfiguration())
        .target(version)
        .load()
        .migrate();
  }
}
