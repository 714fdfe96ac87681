package dev.errand.bench;

import dev.errand.bench.peer.Client;
import dev.errand.bench.peer.Clients;
import dev.errand.bench.peer.Contestant;
import dev.errand.bench.peer.Plan;
import dev.errand.bench.peer.Postgres;
import dev.errand.bench.peer.client.Message;
import dev.errand.bench.peer.client.Pace;
import dev.errand.bench.peer.client.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// How long the tasks of an owner wait who submits one now and then, while another owner has
/// submitted 100,000 that keep all slots of the worker busy, beside the same without the other.
/// Each task takes 5 ms.
final class FairnessBenchmark {
  private static final double TARGET = 2;
  private static final int FLOOD = 100_000;

  /// At 20 ms each, less than the flood takes at 64 slots and 5 ms each.
  private static final int TASKS = 300;

  private static final int WARM_UP = 300;
  private static final double RANK = 0.95;

  private final Plan plan;
  private final Postgres postgres;
  private final Clients clients;

  FairnessBenchmark(Plan plan, Postgres postgres, Clients clients) {
    this.plan = plan;
    this.postgres = postgres;
    this.clients = clients;
  }

  void run(Report report) throws Exception {
    List<Double> alone = new ArrayList<>();
    List<Double> flooded = new ArrayList<>();
    for (int repeat = 1; repeat <= plan.repeats(); repeat++) {
      alone.add(wait(0));
      flooded.add(wait(FLOOD));
      System.out.printf(
          "repeat %d: p95 alone %.1f ms, while another floods %.1f ms%n",
          repeat, alone.getLast(), flooded.getLast());
    }
    String what = "quiet owner's wait, 95 of 100, %,d of another".formatted(FLOOD);
    report.atMost(TARGET, "alone", new Samples(alone), "ms", what, new Samples(flooded));
  }

  /// Milliseconds from the return of a call to the handler that 95 of 100 tasks do not exceed.
  private double wait(int flood) throws Exception {
    postgres.empty(Contestant.ERRAND);
    try (Client worker =
            clients.errand("errand-work", Role.WORK, Pace.PACED, TASKS, WARM_UP, postgres);
        Client quiet =
            clients.errand("errand", Role.PRODUCE, Pace.PACED, TASKS, WARM_UP, postgres);
        Client others =
            clients.errand("errand-others", Role.PRODUCE, Pace.BULK, flood, 0, postgres)) {
      worker.await("ready");
      quiet.await("producer-ready");
      others.await("producer-ready");
      worker.await("warm");
      others.tell("go");
      others.await("produced");
      quiet.tell("go");
      Message produced = quiet.await("produced");
      double millis = quantile(produced.numbers("returned"), worker.await("worked"));
      worker.kill();
      return millis;
    }
  }

  private static double quantile(long[] returned, Message worked) {
    long[] started = worked.numbers("started");
    double[] waits =
        IntStream.range(0, started.length)
            .mapToDouble(i -> (started[i] - returned[i]) / 1e6)
            .sorted()
            .toArray();
    return waits[(int) Math.ceil(RANK * waits.length) - 1];
  }
}
