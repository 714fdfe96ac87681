package dev.errand.testkit.tcp;

/// What every piece of data must pass.
final class Gate {
  private boolean stalled;
  private boolean losing;

  synchronized void stall() {
    stalled = true;
    losing = false;
  }

  synchronized void loseEverything() {
    stalled = false;
    losing = true;
    notifyAll();
  }

  synchronized void open() {
    stalled = false;
    losing = false;
    notifyAll();
  }

  /// Lets a new link in, which is lost from the start while everything is.
  synchronized void admit(Link link) {
    if (losing) {
      link.lose();
    }
  }

  /// Lets those look who wait for a link that was cut meanwhile.
  synchronized void wake() {
    notifyAll();
  }

  /// Waits while the gate is shut, unless `link` is cut.
  ///
  /// @return whether what passes is delivered
  synchronized boolean pass(Link link) throws InterruptedException {
    while (stalled && link.open()) {
      wait();
    }
    if (losing) {
      link.lose();
    }
    return !link.lost();
  }
}
