package dev.errand.postgres;

import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Workers;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.task.TaskStore;
import dev.errand.testkit.contract.SchedulesUnderTest;
import java.time.Duration;
import java.time.Instant;

/// The stores over one database with the one of schedules, whose contents can be made to look older
/// too.
record PostgresSchedulesUnderTest(
    PostgresUnderTest rest, Database database, ScheduleStore schedules)
    implements SchedulesUnderTest {
  private static final String AGE_SCHEDULES =
      """
      UPDATE schedules
         SET next_at = next_at - given.age, look_at = look_at - given.age,
             created_at = created_at - given.age, updated_at = updated_at - given.age
        FROM (SELECT ? * interval '1 microsecond' AS age) given
      """;

  private static final long AWAY = Duration.ofDays(36_500).toNanos() / 1_000;

  private static final String AGE_RUNS =
      """
      UPDATE schedule_runs
         SET moment = moment - given.age, look_at = look_at - given.age
        FROM (SELECT ? * interval '1 microsecond' AS age) given
      """;

  static PostgresSchedulesUnderTest empty(TestDatabase database) {
    Database own = new Database(database.pool());
    own.update("TRUNCATE schedules, schedule_runs");
    return new PostgresSchedulesUnderTest(
        PostgresUnderTest.empty(database), own, new PostgresSchedules(database.pool()));
  }

  @Override
  public TaskStore tasks() {
    return rest.tasks();
  }

  @Override
  public Leases leases() {
    return rest.leases();
  }

  @Override
  public History history() {
    return rest.history();
  }

  @Override
  public Workers workers() {
    return rest.workers();
  }

  @Override
  public QueueStore queues() {
    return rest.queues();
  }

  @Override
  public Rates rates() {
    return rest.rates();
  }

  @Override
  public Budgets budgets() {
    return rest.budgets();
  }

  @Override
  public ArtifactStore artifacts() {
    return rest.artifacts();
  }

  @Override
  public Instant now() {
    return rest.now();
  }

  @Override
  public void timePasses(Duration time) {
    rest.timePasses(time);
    long microseconds = time.toNanos() / 1_000;
    database.update(AGE_SCHEDULES, microseconds);
    // Far away and back: on the way, no run takes the moment that another one still has.
    database.update(AGE_RUNS, AWAY + microseconds);
    database.update(AGE_RUNS, -AWAY);
  }

  @Override
  public Duration precision() {
    return rest.precision();
  }

  @Override
  public void close() {
    rest.close();
  }
}
