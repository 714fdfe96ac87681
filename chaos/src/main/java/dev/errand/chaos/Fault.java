package dev.errand.chaos;

import dev.errand.chaos.node.ServerProcess;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// What is done to nodes, their network and their database.
enum Fault {
  KILL_WORKER(5, Effect.KILL, "SIGKILL to a node that runs tasks"),
  KILL_API(1, Effect.OTHER, "SIGKILL to a node that only takes tasks"),
  KILL_DATABASE(2, Effect.OTHER, "SIGKILL to PostgreSQL's postmaster"),
  KILL_DATABASE_PROCESS(1, Effect.OTHER, "SIGKILL to one of PostgreSQL's processes"),
  KILL_WORKER_AND_DATABASE(1, Effect.OTHER, "SIGKILL to a node and PostgreSQL within 0.3 s"),
  CUT(3, Effect.NETWORK, "all connections of a node reset, new ones too, for 0–6 s"),
  STALL(2, Effect.NETWORK, "nothing gets through to a node for 3–8 s, then everything"),
  STALL_THEN_CUT(2, Effect.NETWORK, "nothing gets through for 3–8 s, then all is reset"),
  BLACK_HOLE(
      2, Effect.NETWORK, "a node's connections swallow everything for good, new ones for 3–8 s"),
  PAUSE(1, Effect.OTHER, "a node that runs tasks stands still for 1–6 s (SIGSTOP)"),
  RESTART(2, Effect.OTHER, "SIGTERM to a node, and its start"),
  ROLLING_RESTART(1, Effect.OTHER, "SIGTERM to every node, one after the other"),
  DISK_FULL(2, Effect.OTHER, "no byte left on PostgreSQL's disk for 3–8 s");

  private static final int BOTH_WITHIN_MILLIS = 300;

  /// A supervisor needs a moment to start again what has ended.
  private static final int LONGEST_ABSENCE_MILLIS = 1_500;

  private final int inDeck;
  private final Effect effect;
  private final String what;

  Fault(int inDeck, Effect effect, String what) {
    this.inDeck = inDeck;
    this.effect = effect;
    this.what = what;
  }

  /// What tells how long tasks then wait for somebody else to run them.
  enum Effect {
    KILL,
    NETWORK,
    OTHER
  }

  /// A fault that was injected.
  ///
  /// @param pid the server that it was injected into, if it was a single one
  record Injection(Fault fault, Instant at, Instant over, Optional<Long> pid) {
    boolean into(long server) {
      return pid.filter(known -> known == server).isPresent();
    }
  }

  Effect effect() {
    return effect;
  }

  String what() {
    return what;
  }

  /// Every fault as often as it is worth, in random order; without those that cannot be made here.
  static List<Fault> deck(boolean disk, Random random) {
    List<Fault> deck = new ArrayList<>();
    for (Fault fault : values()) {
      if (disk || fault != DISK_FULL) {
        deck.addAll(Collections.nCopies(fault.inDeck, fault));
      }
    }
    Collections.shuffle(deck, random);
    return deck;
  }

  /// Makes it happen, and returns when it is over; what has ended is being started again by then.
  Injection inject(Deployment deployment, RandomGenerator random, Drains drains)
      throws IOException, InterruptedException {
    Node worker = Deployment.any(deployment.workers(), random);
    Node any = Deployment.any(deployment.nodes(), random);
    return switch (this) {
      case KILL_WORKER -> into(worker, node -> killForAWhile(node, random));
      case KILL_API -> into(deployment.fronts().getLast(), node -> killForAWhile(node, random));
      case CUT -> into(any, node -> cut(node, random.nextInt(6_000)));
      case STALL -> into(any, node -> stall(node, random));
      case STALL_THEN_CUT -> into(any, node -> stallThenCut(node, random));
      case BLACK_HOLE -> into(any, node -> blackHole(node, random));
      case PAUSE -> into(worker, node -> pause(node, random));
      case RESTART -> into(any, node -> restart(node, drains));
      case KILL_DATABASE -> intoSeveral(() -> deployment.postmaster().signal("KILL"));
      case KILL_DATABASE_PROCESS ->
          intoSeveral(() -> deployment.postmaster().signalChild("KILL", random));
      case KILL_WORKER_AND_DATABASE -> intoSeveral(() -> killBoth(worker, deployment, random));
      case ROLLING_RESTART -> intoSeveral(() -> restartAll(deployment, drains));
      case DISK_FULL -> intoSeveral(() -> fill(deployment, random));
    };
  }

  private interface NodeAction {
    void on(Node node) throws IOException, InterruptedException;
  }

  private interface Action {
    void run() throws IOException, InterruptedException;
  }

  private Injection into(Node node, NodeAction action) throws IOException, InterruptedException {
    long pid = node.server().pid();
    Instant at = Instant.now();
    action.on(node);
    return new Injection(this, at, Instant.now(), Optional.of(pid));
  }

  /// Into the database, or into more than one server.
  private Injection intoSeveral(Action action) throws IOException, InterruptedException {
    Instant at = Instant.now();
    action.run();
    return new Injection(this, at, Instant.now(), Optional.empty());
  }

  /// Hears of servers that were stopped in good order.
  interface Drains {
    void drained(long pid);
  }

  private static void kill(Node node) throws IOException, InterruptedException {
    ServerProcess server = node.server();
    server.signal("KILL");
    server.awaitEnd();
  }

  private static void killForAWhile(Node node, RandomGenerator random)
      throws IOException, InterruptedException {
    kill(node);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_ABSENCE_MILLIS));
  }

  private static void killBoth(Node node, Deployment deployment, RandomGenerator random)
      throws IOException, InterruptedException {
    boolean databaseFirst = random.nextBoolean();
    if (databaseFirst) {
      deployment.postmaster().signal("KILL");
    } else {
      kill(node);
    }
    TimeUnit.MILLISECONDS.sleep(random.nextInt(BOTH_WITHIN_MILLIS));
    if (databaseFirst) {
      kill(node);
    } else {
      deployment.postmaster().signal("KILL");
    }
  }

  private static void cut(Node node, int millis) throws InterruptedException {
    node.network().refuse();
    TimeUnit.MILLISECONDS.sleep(millis);
    node.network().resume();
  }

  private static void stall(Node node, RandomGenerator random) throws InterruptedException {
    node.network().stall();
    awhile(random);
    node.network().resume();
  }

  private static void stallThenCut(Node node, RandomGenerator random) throws InterruptedException {
    node.network().stall();
    awhile(random);
    node.network().cut();
    node.network().resume();
  }

  private static void blackHole(Node node, RandomGenerator random) throws InterruptedException {
    node.network().blackHole();
    awhile(random);
    node.network().resume();
  }

  private static void awhile(RandomGenerator random) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000, 8_000));
  }

  private static void pause(Node node, RandomGenerator random)
      throws IOException, InterruptedException {
    ServerProcess server = node.server();
    server.signal("STOP");
    try {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000, 6_000));
    } finally {
      server.signal("CONT");
    }
  }

  private static void restart(Node node, Drains drains) throws IOException, InterruptedException {
    ServerProcess server = node.server();
    drains.drained(server.pid());
    server.signal("TERM");
    server.awaitEnd();
    node.start();
  }

  private static void restartAll(Deployment deployment, Drains drains)
      throws IOException, InterruptedException {
    for (Node node : deployment.nodes()) {
      restart(node, drains);
      node.awaitReady();
    }
  }

  private static void fill(Deployment deployment, RandomGenerator random)
      throws IOException, InterruptedException {
    var disk = deployment.disk().orElseThrow();
    disk.fill();
    try {
      awhile(random);
    } finally {
      disk.free();
    }
  }
}
