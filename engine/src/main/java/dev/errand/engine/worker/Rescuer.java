package dev.errand.engine.worker;

import dev.errand.engine.lease.Leases;
import dev.errand.engine.signal.Signals;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the tasks of dead workers back in their queues. Any number of nodes may run one.
public final class Rescuer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rescuer.class);
  private static final Duration EVERY = Duration.ofMillis(300);

  private final Leases leases;
  private final Signals signals;
  private final Loop loop = new Loop("rescuer", EVERY, this::rescueOnce);

  private Rescuer(Leases leases, Signals signals) {
    this.leases = leases;
    this.signals = signals;
  }

  public static Rescuer start(Leases leases, Signals signals) {
    Rescuer rescuer = new Rescuer(leases, signals);
    rescuer.loop.start();
    return rescuer;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void rescueOnce() throws InterruptedException {
    int rescued = leases.rescue();
    if (rescued > 0) {
      log.atInfo().addKeyValue("event", "tasks_rescued").log("Rescued {} tasks", rescued);
      signals.work();
    }
    Thread.sleep(EVERY);
  }

  @Override
  public void close() {
    loop.close();
  }
}
