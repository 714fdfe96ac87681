package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.postgres.Rollback.Agreement;
import dev.errand.postgres.Rollback.Refused;
import dev.errand.postgres.Rollback.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a schema of ponds, pikes and herons, the last of which have no way back.
class RollbackTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.empty();

  private static final String FOLDER = "db/steps";
  private static final Agreement NOTHING = new Agreement(false, false);
  private static final Agreement EVERYTHING = new Agreement(true, true);

  private final Rollback rollback = new Rollback(database.pool(), FOLDER);
  private final Database sql = new Database(database.pool());

  @BeforeEach
  void migrateToPikes() {
    migrateTo("2");
  }

  @AfterEach
  void clear() {
    sql.update("DROP SCHEMA public CASCADE");
    sql.update("CREATE SCHEMA public");
  }

  @Test
  void one_step_back_leaves_the_step_before_and_forward_goes_again() {
    List<String> withPikes = SchemaDump.of(database.pool());
    sql.update("INSERT INTO ponds VALUES ('north')");

    Step step = rollback.last();
    assertThat(step.version()).isEqualTo("2");
    assertThat(step.name()).isEqualTo("pikes");
    assertThat(step.losses()).isEqualTo("Deletes all pikes; the ponds stay.");
    rollback.take(step, NOTHING);

    assertThat(tables()).containsExactly("flyway_schema_history", "ponds");
    assertThat(sql.count("SELECT count(*) FROM ponds")).isOne();
    assertThat(status())
        .containsExactly("1 applied, reversible", "2 pending, reversible", "3 pending");
    migrateTo("2");
    assertThat(SchemaDump.of(database.pool())).isEqualTo(withPikes);
  }

  @Test
  void the_first_step_is_undone_only_by_who_says_so() {
    rollback.take(rollback.last(), NOTHING);
    Step first = rollback.last();

    assertThatThrownBy(() -> rollback.take(first, NOTHING))
        .isInstanceOf(Refused.class)
        .hasMessageContainingAll("Nothing remains", "Deletes all ponds.", "--force");
    assertThat(tables()).contains("ponds");

    rollback.take(first, EVERYTHING);
    assertThat(tables()).containsExactly("flyway_schema_history");
    assertThatThrownBy(rollback::last)
        .isInstanceOf(Refused.class)
        .hasMessageContaining("nothing to undo");
  }

  @Test
  void without_a_way_back_nothing_happens() {
    migrateTo("3");

    assertThatThrownBy(rollback::last)
        .isInstanceOf(Refused.class)
        .hasMessageContainingAll("no way back", "3 (herons)");
  }

  @Test
  void what_another_version_has_made_only_that_one_can_undo() {
    sql.update("UPDATE flyway_schema_history SET script = 'V2__owls.sql' WHERE version = '2'");

    assertThatThrownBy(rollback::last)
        .isInstanceOf(Refused.class)
        .hasMessageContaining("made by another version");
  }

  @Test
  void an_empty_database_has_nothing_to_undo() {
    clear();

    assertThatThrownBy(rollback::last).isInstanceOf(Refused.class);
    assertThat(status())
        .containsExactly("1 pending, reversible", "2 pending, reversible", "3 pending");
  }

  @Test
  void a_step_that_fails_half_way_has_changed_nothing() {
    sql.update("CREATE VIEW big_pikes AS SELECT * FROM pikes");
    List<String> before = SchemaDump.of(database.pool());

    Step step = rollback.last();
    assertThatThrownBy(() -> rollback.take(step, NOTHING)).hasMessageContaining("big_pikes");

    assertThat(SchemaDump.of(database.pool())).isEqualTo(before);
    assertThat(rollback.last()).isEqualTo(step);
  }

  @Test
  void a_step_is_undone_once_by_two_who_ask_at_once() {
    Step step = rollback.last();
    rollback.take(step, NOTHING);

    assertThatThrownBy(() -> rollback.take(step, NOTHING))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("Somebody else");
    assertThat(tables()).contains("ponds");
  }

  @Test
  void a_live_worker_stands_in_the_way() {
    sql.update("CREATE TABLE workers (name text, ended_at timestamptz, expires_at timestamptz)");
    sql.update(
        """
        INSERT INTO workers VALUES ('ended', now(), now() + interval '1 minute'),
                                   ('dead', NULL, now() - interval '1 minute')
        """);
    Step step = rollback.last();
    sql.update("INSERT INTO workers VALUES ('ant', NULL, now() + interval '1 minute')");

    assertThatThrownBy(() -> rollback.take(step, NOTHING))
        .isInstanceOf(Refused.class)
        .hasMessageContainingAll("worker ant", "--force")
        .hasMessageNotContainingAny("ended,", "dead,");
    assertThat(tables()).contains("pikes");

    rollback.take(step, new Agreement(true, false));
    assertThat(tables()).doesNotContain("pikes");
  }

  @Test
  void a_server_without_workers_stands_in_the_way_too() throws SQLException {
    Step step = rollback.last();
    try (Connection server = PostgresUnderTest.sessions(database).getConnection();
        Statement statement = server.createStatement()) {
      statement.execute("SET application_name = 'errand'");

      assertThatThrownBy(() -> rollback.take(step, NOTHING))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("a server at 127.0.0.1");
    }
  }

  @Test
  void a_migration_that_runs_is_waited_for() throws Exception {
    Step step = rollback.last();
    try (Connection migrating = database.pool().getConnection();
        Statement statement = migrating.createStatement();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      migrating.setAutoCommit(false);
      // As the tool does: it reads its history, does its work and adds a row, all in one
      // transaction.
      statement.execute("SELECT * FROM flyway_schema_history");
      Future<?> rolledBack = other.submit(() -> rollback.take(step, NOTHING));
      Awaitility.await()
          .until(() -> sql.yes("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"));
      statement.execute(
          """
          INSERT INTO flyway_schema_history
          SELECT 9, '9', 'owls', 'SQL', 'V9__owls.sql', 0, 'me', now(), 1, true
          """);
      migrating.commit();

      assertThatThrownBy(rolledBack::get).hasMessageContaining("Migration 9 (owls)");
    }
    assertThat(tables()).contains("pikes");
  }

  private static void migrateTo(String version) {
    Flyway.configure()
        .configuration(Migrations.flyway(database.pool(), FOLDER).getConfiguration())
        .target(version)
        .load()
        .migrate();
  }

  private List<String> tables() {
    return sql.query(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
        row -> row.getString(1));
  }

  private static List<String> status() {
    return Migrations.status(database.pool(), FOLDER).stream()
        .map(found ->
            found.version()
                + (found.appliedAt().isPresent() ? " applied" : " pending")
                + (found.reversible() ? ", reversible" : ""))
        .toList();
  }
}
