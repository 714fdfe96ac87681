package dev.errand.server.security;

import dev.errand.engine.access.AuditLog;
import dev.errand.engine.access.Logins;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.loop.Loop;
import java.time.Duration;

/// Deletes, every hour, what nobody needs any more: logins that ended, entries of the audit log
/// that are too old, and counts of minutes that are over. Any number of nodes may run one.
public final class Sweeper implements AutoCloseable {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(10);
  private static final Duration ENDED_LOGINS_LIVE = Duration.ofDays(1);

  private final Logins logins;
  private final AuditLog audit;
  private final Rates rates;
  private final Duration auditFor;

  /// For the first time after an hour: nobody starts a server to wait for this.
  private final Loop loop = Loop.every("sweeper", EVERY, EVERY, AFTER_ERROR, this::sweep);

  private Sweeper(Logins logins, AuditLog audit, Rates rates, Duration auditFor) {
    this.logins = logins;
    this.audit = audit;
    this.rates = rates;
    this.auditFor = auditFor;
  }

  public static Sweeper start(Logins logins, AuditLog audit, Rates rates, Duration auditFor) {
    Sweeper sweeper = new Sweeper(logins, audit, rates, auditFor);
    sweeper.loop.start();
    return sweeper;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void sweep() {
    logins.forget(ENDED_LOGINS_LIVE);
    audit.forget(auditFor);
    rates.forget(EVERY);
  }

  @Override
  public void close() {
    loop.close();
  }
}
