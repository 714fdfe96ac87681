package dev.errand.postgres;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.testkit.contract.TaskDraft;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenTasksVacuumTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final String DEAD = "SELECT pg_stat_get_dead_tuples('open_tasks'::regclass)";

  private final Database sql = new Database(database.pool());
  private final PostgresTasks tasks = new PostgresTasks(database.pool());
  private final PostgresLeases leases =
      new PostgresLeases(database.pool(), PostgresUnderTest.sessions(database));

  @Test
  void what_ended_tasks_leave_behind_is_cleared_away_long_before_postgres_would() {
    sql.update("ALTER TABLE open_tasks SET (autovacuum_enabled = false)");
    NewWorker ant = new NewWorker("ant", List.of("echo"), 1_000, Duration.ofMinutes(1));
    try (Session session = leases.open(ant)) {
      for (int i = 0; i < 21; i++) {
        tasks.submit(IntStream.range(0, 1_000).mapToObj(_ -> TaskDraft.of("echo").task()).toList());
        var hold = session.hold(1_000);
        hold.settle(
            hold.leases().stream().collect(Collectors.toMap(Function.identity(), _ -> "1")),
            List.<Lease>of());
      }
    }
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> sql.count(DEAD) > 20_000);

    try (OpenTasksVacuum _ = OpenTasksVacuum.start(database.pool(), database.pool())) {
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> sql.count(DEAD) < 1_000);
    }
  }
}
