package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.ReservationSettler;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.retention.Pruner;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.schedule.Firing;
import dev.errand.engine.schedule.Scheduler;
import dev.errand.engine.worker.Rescuer;
import dev.errand.engine.worker.Worker;
import dev.errand.engine.worker.WorkerConfig;
import dev.errand.engine.worker.WorkerContext;
import dev.errand.testkit.memory.InMemoryArtifactStorage;
import dev.errand.testkit.tcp.FaultyProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/// What goes on in the background, when the database is away for a while.
class LoopsTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final Duration OFTEN = Duration.ofMillis(100);

  @Test
  void every_loop_says_that_the_database_is_away_and_goes_on_when_it_is_back() throws IOException {
    URI address = URI.create(database.pool().getJdbcUrl().substring("jdbc:".length()));
    try (FaultyProxy proxy =
        FaultyProxy.to(new InetSocketAddress(address.getHost(), address.getPort()))) {
      DataSource connections = through(proxy, address);
      PostgresTasks tasks = new PostgresTasks(connections);
      PostgresLeases leases = new PostgresLeases(connections, connections);
      PostgresBudgets budgets = new PostgresBudgets(connections);
      PostgresSchedules schedules = new PostgresSchedules(connections);
      InMemoryArtifactStorage storage = new InMemoryArtifactStorage();
      try (PostgresSignals signals = PostgresSignals.start(connections);
          Worker worker =
              Worker.start(
                  "ant",
                  new WorkerConfig(1, Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO),
                  new WorkerContext(
                      leases,
                      new Handlers(List.of()),
                      new NoJson(),
                      new Artifacts(
                          new PostgresArtifacts(connections),
                          storage,
                          Limits.DEFAULTS,
                          InstantSource.system()),
                      budgets,
                      BudgetLimits.NONE,
                      signals,
                      InstantSource.system()));
          Rescuer rescuer = Rescuer.start(leases, signals);
          Scheduler scheduler = Scheduler.start(schedules, new Firing(schedules, tasks, signals));
          ReservationSettler settler = ReservationSettler.start(budgets, OFTEN);
          OpenTasksVacuum vacuum = OpenTasksVacuum.start(connections, connections);
          Pruner pruner =
              Pruner.start(
                  new PostgresRetention(connections), storage, Retention.DEFAULT, OFTEN, OFTEN)) {
        Map<String, BooleanSupplier> loops = new LinkedHashMap<>();
        loops.put("signals", signals::healthy);
        loops.put("worker", worker::healthy);
        loops.put("rescuer", rescuer::healthy);
        loops.put("vacuum", vacuum::healthy);
        loops.put("scheduler", scheduler::healthy);
        loops.put("budgets", settler::healthy);
        loops.put("retention", pruner::healthy);
        becomes(loops, true);

        proxy.refuse();
        becomes(loops, false);

        proxy.resume();
        becomes(loops, true);
      }
    }
  }

  private static void becomes(Map<String, BooleanSupplier> loops, boolean healthy) {
    loops.forEach((name, loop) ->
        Awaitility.await(name + " becomes " + (healthy ? "healthy" : "unhealthy"))
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(loop.getAsBoolean()).isEqualTo(healthy)));
  }

  private static DataSource through(FaultyProxy proxy, URI address) {
    PGSimpleDataSource sessions = new PGSimpleDataSource();
    sessions.setUrl("jdbc:postgresql://127.0.0.1:" + proxy.port() + address.getPath());
    sessions.setUser(database.pool().getUsername());
    sessions.setPassword(database.pool().getPassword());
    sessions.setOptions(StatementPlans.OPTIONS);
    return sessions;
  }

  /// No task is run here.
  private record NoJson() implements Json {
    @Override
    public <T> T read(String json, Class<T> type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String write(Object value) {
      throw new UnsupportedOperationException();
    }
  }
}
