package dev.errand.testkit.contract;

import dev.errand.engine.signal.LocalSignals;
import dev.errand.engine.signal.Signals;

class LocalSignalsTest extends SignalsContract {
  private final Signals signals = new LocalSignals();

  @Override
  protected Signals signals() {
    return signals;
  }

  @Override
  protected Signals otherNode() {
    return signals;
  }
}
