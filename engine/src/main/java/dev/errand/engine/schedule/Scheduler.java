package dev.errand.engine.schedule;

import dev.errand.engine.loop.Loop;
import java.time.Duration;

/// Fires schedules as they become due. Any number of nodes may run one.
public final class Scheduler implements AutoCloseable {
  /// A schedule that another node added may have to wait so long.
  private static final Duration POLL = Duration.ofMillis(500);

  private static final Duration WHILE_OTHERS_DO = Duration.ofMillis(10);
  private static final Duration AFTER_ERROR = Duration.ofMillis(250);

  private final ScheduleStore store;
  private final Firing firing;
  private final Loop loop = new Loop("scheduler", AFTER_ERROR, this::round);

  private Scheduler(ScheduleStore store, Firing firing) {
    this.store = store;
    this.firing = firing;
  }

  public static Scheduler start(ScheduleStore store, Firing firing) {
    Scheduler scheduler = new Scheduler(store, firing);
    scheduler.loop.start();
    return scheduler;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void round() throws InterruptedException {
    Duration wait = store.untilNext().orElse(POLL);
    if (wait.isPositive()) {
      Thread.sleep(wait.compareTo(POLL) < 0 ? wait : POLL);
    } else if (!firing.fire()) {
      Thread.sleep(WHILE_OTHERS_DO); // another node is at it
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
