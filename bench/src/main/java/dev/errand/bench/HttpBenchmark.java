package dev.errand.bench;

import dev.errand.bench.peer.Clients;
import dev.errand.bench.peer.Contestant;
import dev.errand.bench.peer.Measure;
import dev.errand.bench.peer.Measurements;
import dev.errand.bench.peer.Phase;
import dev.errand.bench.peer.Plan;
import dev.errand.bench.peer.Postgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How many tasks a second `POST /tasks` takes on 64 connections, beside plain JDBC on the same
/// PostgreSQL.
final class HttpBenchmark {
  private static final double TARGET = 1.0;
  private static final int CONNECTIONS = 64;

  private final Plan plan;
  private final Postgres postgres;
  private final Clients clients;
  private final Path folder;

  HttpBenchmark(Plan plan, Postgres postgres, Clients clients, Path folder) {
    this.plan = plan;
    this.postgres = postgres;
    this.clients = clients;
    this.folder = folder;
  }

  void run(Report report) throws Exception {
    List<Double> floor = new ArrayList<>();
    List<Double> accepting = new ArrayList<>();
    List<Double> working = new ArrayList<>();
    for (int repeat = 1; repeat <= plan.repeats(); repeat++) {
      floor.add(floor());
      accepting.add(errand("api"));
      working.add(errand("all"));
      System.out.printf(
          "repeat %d: floor %,.0f, POST /tasks %,.0f, with a worker %,.0f a second%n",
          repeat, floor.getLast(), accepting.getLast(), working.getLast());
    }
    Samples floors = new Samples(floor);
    report.atLeast(
        TARGET, "floor", floors, "/s", "POST /tasks (--role api)", new Samples(accepting));
    report.beside("floor", floors, "/s", "POST /tasks, worked off meanwhile", new Samples(working));
  }

  private double floor() throws Exception {
    Map<Measure, Double> measured =
        Measurements.of(Contestant.FLOOR, Phase.ENQUEUE, postgres, clients, plan);
    return Objects.requireNonNull(measured.get(Measure.ENQUEUE_RATE));
  }

  private double errand(String role) throws Exception {
    postgres.empty(Contestant.ERRAND);
    Path data = Files.createTempDirectory(folder, "errand");
    Installation errand = new Installation(Path.of(System.getenv("ERRAND_LAUNCHER")), data);
    Map<String, String> environment =
        Map.of(
            "DATABASE_URL", postgres.url(),
            "ERRAND_ROLE", role,
            "TASKS_PER_MINUTE", String.valueOf(Integer.MAX_VALUE));
    try (RunningServer server = errand.serve(environment)) {
      HttpLoad.Outcome outcome =
          HttpLoad.run(
              URI.create(server.url()), server.token(), CONNECTIONS, plan.warmUp(), plan.jobs());
      if (outcome.refused() > 0) {
        System.out.printf("The server was too busy %d times%n", outcome.refused());
      }
      System.out.printf(
          "%s: µs of processor time for a request: server %.0f, PostgreSQL %.0f, who asks %.0f%n",
          role,
          micros(outcome, server.process().pid()),
          micros(outcome, postgres.pid()),
          outcome.ownMicros());
      return outcome.perSecond();
    }
  }

  private double micros(HttpLoad.Outcome outcome, long root) {
    double millis = outcome.after().tree(root) - outcome.before().tree(root);
    return millis * 1_000 / plan.jobs();
  }
}
