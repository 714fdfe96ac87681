package dev.errand.postgres;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.signal.LocalSignals;
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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/// What is done when nothing is heard any more, and nobody says why.
class SilenceTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Test
  void who_listens_on_a_dead_connection_finds_out_and_listens_on_another_one() throws IOException {
    AtomicBoolean heard = new AtomicBoolean();
    try (FaultyProxy network = network();
        PostgresSignals here = PostgresSignals.start(through(network));
        PostgresSignals there = PostgresSignals.start(directly());
        var _ = here.onWork(() -> heard.set(true))) {
      await("it is heard at first", () -> said(there, heard));
      network.blackHole();
      network.resume(); // these connections stay dead
      heard.set(false);

      await("it is heard again", () -> said(there, heard));
    }
  }

  private static boolean said(PostgresSignals there, AtomicBoolean heard) {
    there.work();
    return heard.get();
  }

  @Test
  void a_worker_that_was_cut_off_knows_it_and_hears_others_again_afterwards() throws IOException {
    try (FaultyProxy network = network();
        Worker worker = worker(through(network))) {
      await("all is well at first", worker::hears);

      network.refuse();
      await("it knows that it hears nothing", () -> !worker.hears());
      network.resume();
      await("its own heart beats again", worker::healthy);

      await("it hears others again", worker::hears);
    }
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(condition);
  }

  private static Worker worker(DataSource connections) {
    return Worker.start(
        "ant",
        new WorkerConfig(1, Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO),
        new WorkerContext(
            new PostgresLeases(connections, connections),
            new Handlers(List.of()),
            new NoJson(),
            new Artifacts(
                new PostgresArtifacts(connections),
                new InMemoryArtifactStorage(),
                Limits.DEFAULTS,
                InstantSource.system()),
            new PostgresBudgets(connections),
            BudgetLimits.NONE,
            new LocalSignals(),
            InstantSource.system()));
  }

  private static FaultyProxy network() throws IOException {
    URI address = address();
    return FaultyProxy.to(new InetSocketAddress(address.getHost(), address.getPort()));
  }

  private static URI address() {
    return URI.create(database.pool().getJdbcUrl().substring("jdbc:".length()));
  }

  private static DataSource through(FaultyProxy network) {
    return on(network.port());
  }

  private static DataSource directly() {
    return on(address().getPort());
  }

  private static DataSource on(int port) {
    PGSimpleDataSource sessions = new PGSimpleDataSource();
    sessions.setUrl("jdbc:postgresql://127.0.0.1:" + port + address().getPath());
    sessions.setUser(database.pool().getUsername());
    sessions.setPassword(database.pool().getPassword());
    sessions.setOptions(StatementPlans.OPTIONS);
    sessions.setSocketTimeout(2);
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
