package dev.errand.engine.worker;

import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Rescued;
import dev.errand.engine.loop.Loop;
import dev.errand.engine.signal.Signals;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the tasks of dead workers back in their queues, or ends them, see [Leases#rescue]. Any
/// number of nodes may run one.
public final class Rescuer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rescuer.class);
  private static final Duration EVERY = Duration.ofMillis(300);

  private final Leases leases;
  private final Signals signals;
  private final BooleanSupplier hears;
  private final Loop loop = new Loop("rescuer", EVERY, this::rescueOnce);

  private Rescuer(Leases leases, Signals signals, BooleanSupplier hears) {
    this.leases = leases;
    this.signals = signals;
    this.hears = hears;
  }

  /// For a process without a worker: whoever is silent for too long is taken for dead.
  public static Rescuer start(Leases leases, Signals signals) {
    return start(leases, signals, () -> true);
  }

  /// @param hears whether those who are silent now are silent for a reason of their own, see
  ///   [Worker#hears]
  public static Rescuer start(Leases leases, Signals signals, BooleanSupplier hears) {
    Rescuer rescuer = new Rescuer(leases, signals, hears);
    rescuer.loop.start();
    return rescuer;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void rescueOnce() throws InterruptedException {
    if (hears.getAsBoolean()) {
      tell(leases.rescue());
    }
    Thread.sleep(EVERY);
  }

  private void tell(Rescued rescued) {
    if (rescued.count() > 0) {
      log.atInfo().addKeyValue("event", "tasks_rescued").log("Tasks rescued: {}", rescued.count());
      signals.work();
      rescued.ended().forEach(task -> signals.changed(task.task()));
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
