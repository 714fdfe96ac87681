package dev.errand.chaos.kill;

import dev.errand.chaos.audit.Ledger;
import dev.errand.chaos.kill.Stage.Seat;
import dev.errand.chaos.kill.Stage.Setting;
import dev.errand.chaos.node.ServerProcess;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// What is done to the servers and their database.
enum ProcessFault {
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

  ProcessFault(int weightAlone, int weightInPair) {
    this.weightAlone = weightAlone;
    this.weightInPair = weightInPair;
  }

  private int weight(Setting setting) {
    return setting == Setting.ALONE ? weightAlone : weightInPair;
  }

  static ProcessFault any(Setting setting, RandomGenerator random) {
    int all = 0;
    for (ProcessFault fault : values()) {
      all += fault.weight(setting);
    }
    int left = random.nextInt(all);
    for (ProcessFault fault : values()) {
      left -= fault.weight(setting);
      if (left < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("Weights do not add up");
  }

  /// Makes it happen, and returns when what was killed or drained is gone, or what was paused goes
  /// on.
  void inject(Stage stage, RandomGenerator random, Ledger ledger)
      throws IOException, InterruptedException {
    switch (this) {
      case KILL_FRONT -> kill(stage, Seat.FRONT, ledger, stage.ready(Seat.BACK));
      case KILL_BACK -> kill(stage, Seat.BACK, ledger, stage.ready(Seat.FRONT));
      case KILL_FRONT_AND_DATABASE -> killBoth(stage, random, ledger);
      case KILL_DATABASE -> stage.postmaster().signal("KILL");
      case KILL_DATABASE_PROCESS -> stage.postmaster().signalChild("KILL", random);
      case END_SESSION -> stage.postmaster().signalChild("TERM", random);
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
      stage.postmaster().signal("KILL");
      Thread.sleep(pause);
    }
    kill(stage, Seat.FRONT, ledger, false);
    if (!databaseFirst) {
      Thread.sleep(pause);
      stage.postmaster().signal("KILL");
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
