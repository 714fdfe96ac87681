package dev.errand.bench;

import dev.errand.bench.peer.Client;
import dev.errand.bench.peer.Clients;
import dev.errand.bench.peer.Contestant;
import dev.errand.bench.peer.Plan;
import dev.errand.bench.peer.Postgres;
import dev.errand.bench.peer.client.Orders;
import dev.errand.bench.peer.client.Pace;
import dev.errand.bench.peer.client.Role;
import java.util.ArrayList;
import java.util.List;

/// How fast a worker gets through tasks where a million are queued, beside a queue that holds no
/// more than it gets through.
final class BacklogBenchmark {
  private static final double TARGET = 0.9;
  private static final int BACKLOG = 1_000_000;
  private static final int WARM_UP = 2_000;

  private final Plan plan;
  private final Postgres postgres;
  private final Clients clients;

  BacklogBenchmark(Plan plan, Postgres postgres, Clients clients) {
    this.plan = plan;
    this.postgres = postgres;
    this.clients = clients;
  }

  void run(Report report) throws Exception {
    List<Double> alone = new ArrayList<>();
    List<Double> before = new ArrayList<>();
    for (int repeat = 1; repeat <= plan.repeats(); repeat++) {
      alone.add(rate(0));
      before.add(rate(BACKLOG));
      System.out.printf(
          "repeat %d: %,.0f a second, with the backlog %,.0f%n",
          repeat, alone.getLast(), before.getLast());
    }
    String what = "claimed and ended, %,d queued".formatted(BACKLOG);
    report.atLeast(TARGET, "no backlog", new Samples(alone), "/s", what, new Samples(before));
  }

  /// Tasks handled a second, while `backlog` others wait behind them.
  private double rate(int backlog) throws Exception {
    postgres.empty(Contestant.ERRAND);
    try (Client producer = start(Role.PRODUCE, Pace.BULK, plan.jobs() + backlog)) {
      producer.await("producer-ready");
      producer.tell("go");
      producer.await("produced");
    }
    postgres.settle();
    try (Client worker = start(Role.WORK, Pace.SINGLE, plan.jobs())) {
      long begin = worker.await("warm").number("at");
      long end = worker.await("handled").number("at");
      worker.kill();
      return plan.jobs() / ((end - begin) / 1e9);
    }
  }

  private Client start(Role role, Pace pace, int jobs) throws Exception {
    Orders orders = new Orders(Contestant.ERRAND.toString(), role, pace, jobs, WARM_UP);
    return clients.start(orders, Contestant.ERRAND, postgres.environment());
  }
}
