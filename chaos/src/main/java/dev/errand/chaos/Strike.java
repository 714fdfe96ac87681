package dev.errand.chaos;

import dev.errand.chaos.node.Processes;
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
enum Strike {
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

  Strike(int inDeck, Effect effect, String what) {
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

  /// A strike that was made.
  ///
  /// @param pid the server that was struck, 0 for none
  record Blow(Strike strike, Instant at, Instant over, long pid) {}

  Effect effect() {
    return effect;
  }

  String what() {
    return what;
  }

  /// Every strike as often as it is worth, in random order; without those that cannot be made here.
  static List<Strike> deck(boolean disk, Random random) {
    List<Strike> deck = new ArrayList<>();
    for (Strike strike : values()) {
      if (disk || strike != DISK_FULL) {
        deck.addAll(Collections.nCopies(strike.inDeck, strike));
      }
    }
    Collections.shuffle(deck, random);
    return deck;
  }

  /// Strikes, and returns when it is over; what has ended is being started again by then.
  Blow on(Cast cast, RandomGenerator random, Drains drains)
      throws IOException, InterruptedException {
    Instant at = Instant.now();
    Optional<Node> struck =
        switch (this) {
          case KILL_WORKER -> Optional.of(kill(Cast.any(cast.workers(), random)));
          case KILL_API -> Optional.of(kill(cast.fronts().getLast()));
          case PAUSE -> Optional.of(Cast.any(cast.workers(), random));
          case CUT, STALL, STALL_THEN_CUT, BLACK_HOLE, RESTART ->
              Optional.of(Cast.any(cast.nodes(), random));
          default -> Optional.empty();
        };
    long pid = struck.map(node -> node.server().pid()).orElse(0L);
    switch (this) {
      case KILL_WORKER, KILL_API -> absence(random);
      case KILL_DATABASE -> killPostmaster(cast);
      case KILL_DATABASE_PROCESS -> killChild(cast, random);
      case KILL_WORKER_AND_DATABASE -> killBoth(cast, random);
      case CUT -> cut(struck.orElseThrow(), random.nextInt(6_000));
      case STALL -> stall(struck.orElseThrow(), random);
      case STALL_THEN_CUT -> stallThenCut(struck.orElseThrow(), random);
      case BLACK_HOLE -> blackHole(struck.orElseThrow(), random);
      case PAUSE -> pause(struck.orElseThrow(), random);
      case RESTART -> restart(struck.orElseThrow(), drains);
      case ROLLING_RESTART -> {
        for (Node node : cast.nodes()) {
          restart(node, drains);
          node.awaitReady();
        }
      }
      case DISK_FULL -> fill(cast, random);
    }
    return new Blow(this, at, Instant.now(), pid);
  }

  /// Hears of servers that were stopped in good order.
  interface Drains {
    void drained(long pid);
  }

  private static Node kill(Node node) throws IOException, InterruptedException {
    ServerProcess server = node.server();
    server.signal("KILL");
    server.awaitEnd();
    return node;
  }

  private static void absence(RandomGenerator random) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_ABSENCE_MILLIS));
  }

  private static void killBoth(Cast cast, RandomGenerator random)
      throws IOException, InterruptedException {
    Node node = Cast.any(cast.workers(), random);
    boolean databaseFirst = random.nextBoolean();
    if (databaseFirst) {
      killPostmaster(cast);
    } else {
      kill(node);
    }
    TimeUnit.MILLISECONDS.sleep(random.nextInt(BOTH_WITHIN_MILLIS));
    if (databaseFirst) {
      kill(node);
    } else {
      killPostmaster(cast);
    }
  }

  private static void killPostmaster(Cast cast) throws IOException, InterruptedException {
    Optional<Long> postmaster = cast.postmaster();
    if (postmaster.isPresent()) {
      Processes.signal(postmaster.get(), "KILL");
    }
  }

  private static void killChild(Cast cast, RandomGenerator random)
      throws IOException, InterruptedException {
    List<Long> children = cast.postmaster().map(Processes::childrenOf).orElse(List.of());
    if (!children.isEmpty()) {
      Processes.signal(children.get(random.nextInt(children.size())), "KILL");
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

  private static void fill(Cast cast, RandomGenerator random)
      throws IOException, InterruptedException {
    var disk = cast.disk().orElseThrow();
    disk.fill();
    try {
      awhile(random);
    } finally {
      disk.free();
    }
  }
}
