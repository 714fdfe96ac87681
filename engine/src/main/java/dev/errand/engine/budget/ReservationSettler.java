package dev.errand.engine.budget;

import dev.errand.engine.loop.Loop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settles what attempts reserved and left behind. Any number of nodes may run one.
public final class ReservationSettler implements AutoCloseable {
  public static final Duration EVERY = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(ReservationSettler.class);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

  private final Budgets budgets;
  private final Loop loop;

  private ReservationSettler(Budgets budgets, Duration every) {
    this.budgets = budgets;
    this.loop = Loop.every("budgets", Duration.ZERO, every, AFTER_ERROR, this::settle);
  }

  /// @param every how long it waits in between
  public static ReservationSettler start(Budgets budgets, Duration every) {
    ReservationSettler settler = new ReservationSettler(budgets, every);
    settler.loop.start();
    return settler;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void settle() {
    int settled = budgets.settleAbandoned();
    if (settled > 0) {
      log.atInfo()
          .addKeyValue("event", "reservations_settled")
          .log("Settled {} reservations that no attempt holds any more", settled);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
