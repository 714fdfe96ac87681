package dev.errand.engine.attempt;

import dev.errand.engine.lease.Lease;

/// This attempt may write no more: its worker was declared dead or the attempt was abandoned.
public final class LeaseLost extends RuntimeException {
  public LeaseLost(Lease lease) {
    super("Attempt %d of task %s lost its lease".formatted(lease.attempt(), lease.task()));
  }
}
