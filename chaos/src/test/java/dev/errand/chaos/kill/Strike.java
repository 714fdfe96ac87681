package dev.errand.chaos.kill;

import dev.errand.chaos.audit.Ledger;
import dev.errand.chaos.kill.Stage.Seat;
import dev.errand.chaos.kill.Stage.Setting;
import dev.errand.chaos.node.Processes;
import dev.errand.chaos.node.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/// What is done to the servers and their database.
enum Strike {
  KILL_FRONT(40, 20),
  KILL_BACK(0, 20),
  /// Both at nearly the same moment, in either order.
  KILL_FRONT_AND_DATABASE(15, 4),
  KILL_DATABASE(12, 8),
  /// One of its processes, so that it throws all connections out and recovers.
  KILL_DATABASE_PROCESS(12, 8),
  /// As by an administrator: one connection ends.
  END_SESSION(6, 10),
  DRAIN_FRONT(10, 5),
  DRAIN_BACK(0, 5),
  /// Mostly for longer than its lease, and then it goes on.
  PAUSE_FRONT(8, 14),
  PAUSE_BACK(0, 14);

  /// A lease runs out 1 to 2 seconds after a pause begins; then another server runs the tasks, and
  /// best of all it still does when the pause ends.
  private static final int SHORTEST_PAUSE_MILLIS = 1_400;

  private static final int LONGEST_PAUSE_MILLIS = 2_900;

  private static final int BOTH_WITHIN_MILLIS = 300;

  private final int weightAlone;
  private final int weightInPair;

  Strike(int weightAlone, int weightInPair) {
    this.weightAlone = weightAlone;
    this.weightInPair = weightInPair;
  }

  private int weight(Setting setting) {
    return setting == Setting.ALONE ? weightAlone : weightInPair;
  }

  static Strike any(Setting setting, RandomGenerator random) {
    int all = 0;
    for (Strike strike : values()) {
      all += strike.weight(setting);
    }
    int left = random.nextInt(all);
    for (Strike strike : values()) {
      left -= strike.weight(setting);
      if (left < 0) {
        return strike;
      }
    }
    throw new IllegalStateException("Weights do not add up");
  }

  /// Strikes, and returns when what was killed or drained is gone, or what was paused goes on.
  void on(Stage stage, RandomGenerator random, Ledger ledger)
      throws IOException, InterruptedException {
    switch (this) {
      case KILL_FRONT -> kill(stage, Seat.FRONT, ledger, stage.ready(Seat.BACK));
      case KILL_BACK -> kill(stage, Seat.BACK, ledger, stage.ready(Seat.FRONT));
      case KILL_FRONT_AND_DATABASE -> killBoth(stage, random, ledger);
      case KILL_DATABASE -> signalPostmaster(stage, "KILL");
      case KILL_DATABASE_PROCESS -> signalChild(stage, random, "KILL");
      case END_SESSION -> signalChild(stage, random, "TERM");
      case DRAIN_FRONT -> drain(stage, Seat.FRONT);
      case DRAIN_BACK -> drain(stage, Seat.BACK);
      case PAUSE_FRONT -> pause(stage, Seat.FRONT, random);
      case PAUSE_BACK -> pause(stage, Seat.BACK, random);
    }
  }

  private static void kill(Stage stage, Seat seat, Ledger ledger, boolean survived)
      throws IOException, InterruptedException {
    ServerProcess server = stage.server(seat);
    ledger.killed(server.pid(), survived);
    server.signal("KILL");
    server.awaitEnd();
  }

  private static void killBoth(Stage stage, RandomGenerator random, Ledger ledger)
      throws IOException, InterruptedException {
    boolean databaseFirst = random.nextBoolean();
    int pause = random.nextInt(BOTH_WITHIN_MILLIS);
    if (databaseFirst) {
      signalPostmaster(stage, "KILL");
      Thread.sleep(pause);
    }
    kill(stage, Seat.FRONT, ledger, false);
    if (!databaseFirst) {
      Thread.sleep(pause);
      signalPostmaster(stage, "KILL");
    }
  }

  private static void signalPostmaster(Stage stage, String signal)
      throws IOException, InterruptedException {
    var postmaster = stage.postmaster();
    if (postmaster.isPresent()) {
      Processes.signal(postmaster.get(), signal);
    }
  }

  private static void signalChild(Stage stage, RandomGenerator random, String signal)
      throws IOException, InterruptedException {
    List<Long> children = stage.postmaster().map(Processes::childrenOf).orElse(List.of());
    if (!children.isEmpty()) {
      Processes.signal(children.get(random.nextInt(children.size())), signal);
    }
  }

  private static void drain(Stage stage, Seat seat) throws IOException, InterruptedException {
    stage.server(seat).signal("TERM");
    stage.server(seat).awaitEnd();
  }

  private static void pause(Stage stage, Seat seat, RandomGenerator random)
      throws IOException, InterruptedException {
    stage.server(seat).signal("STOP");
    Thread.sleep(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
    stage.server(seat).signal("CONT");
  }
}
