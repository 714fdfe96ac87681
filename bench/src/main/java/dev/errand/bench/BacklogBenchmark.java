package dev.errand.bench;

import dev.errand.bench.peer.Client;
import dev.errand.bench.peer.Clients;
import dev.errand.bench.peer.Contestant;
import dev.errand.bench.peer.Plan;
import dev.errand.bench.peer.Postgres;
import dev.errand.bench.peer.client.Pace;
import dev.errand.bench.peer.client.Role;
import java.util.ArrayList;
import java.util.List;

/// How fast a worker gets through tasks where a million are queued, and a hundred thousand stand
/// before them whose concurrency keys are taken, beside a queue that holds no more than it gets
/// through.
final class BacklogBenchmark {
  private static final double TARGET = 0.9;
  private static final int BACKLOG = 1_000_000;
  private static final int BLOCKED = 100_000;
  private static final int BLOCKERS = 100;
  private static final int WARM_UP = 100_000;
  private static final int JOBS = 300_000;

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
    List<Double> queued = new ArrayList<>();
    List<Double> blocked = new ArrayList<>();
    for (int repeat = 1; repeat <= plan.repeats(); repeat++) {
      alone.add(before(0));
      queued.add(before(BACKLOG));
      blocked.add(betweenBlockedAnd(BACKLOG));
      System.out.printf(
          "repeat %d: %,.0f a second, with the backlog %,.0f, behind blocked ones too %,.0f%n",
          repeat, alone.getLast(), queued.getLast(), blocked.getLast());
    }
    Samples peer = new Samples(alone);
    String what = "claimed and ended, %,d queued".formatted(BACKLOG);
    report.atLeast(TARGET, "no backlog", peer, "/s", what, new Samples(queued));
    String more = "… and %,d blocked before them".formatted(BLOCKED);
    report.atLeast(TARGET, "no backlog", peer, "/s", more, new Samples(blocked));
  }

  /// Tasks handled a second, while `backlog` others wait behind them.
  private double before(int backlog) throws Exception {
    postgres.empty(Contestant.ERRAND);
    produce("errand", WARM_UP + JOBS + backlog);
    return rate();
  }

  private double betweenBlockedAnd(int backlog) throws Exception {
    postgres.empty(Contestant.ERRAND);
    produce("errand-blocked", BLOCKED);
    try (Client blockers =
        clients.errand("errand-blockers", Role.WORK, Pace.SINGLE, 1, BLOCKERS, postgres)) {
      blockers.await("warm");
      produce("errand", WARM_UP + JOBS + backlog);
      double rate = rate();
      blockers.kill();
      return rate;
    }
  }

  private void produce(String queue, int jobs) throws Exception {
    try (Client producer = clients.errand(queue, Role.PRODUCE, Pace.BULK, jobs, 0, postgres)) {
      producer.await("producer-ready");
      producer.tell("go");
      producer.await("produced");
    }
  }

  private double rate() throws Exception {
    postgres.settle();
    try (Client worker =
        clients.errand("errand", Role.WORK, Pace.SINGLE, JOBS, WARM_UP, postgres)) {
      long begin = worker.await("warm").number("at");
      long end = worker.await("handled").number("at");
      worker.kill();
      return JOBS / ((end - begin) / 1e9);
    }
  }
}
