package dev.errand.engine.budget;

import dev.errand.engine.worker.Loop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settles what attempts reserved and left behind, every minute. Any number of nodes may run one.
public final class Settler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Settler.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

  private final Budgets budgets;
  private final Loop loop = new Loop("budgets", AFTER_ERROR, this::round);

  private Settler(Budgets budgets) {
    this.budgets = budgets;
  }

  public static Settler start(Budgets budgets) {
    Settler settler = new Settler(budgets);
    settler.loop.start();
    return settler;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void round() throws InterruptedException {
    int settled = budgets.settleAbandoned();
    if (settled > 0) {
      log.atInfo()
          .addKeyValue("event", "reservations_settled")
          .log("Settled {} reservations that no attempt holds any more", settled);
    }
    Thread.sleep(EVERY);
  }

  @Override
  public void close() {
    loop.close();
  }
}
