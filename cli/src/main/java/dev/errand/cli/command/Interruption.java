package dev.errand.cli.command;

/// What is to be done when the command is interrupted, by Ctrl-C for instance.
public final class Interruption {
  private Runnable action = () -> {};
  private boolean happened;

  /// Has `action` done on an interruption from now on, instead of the one before.
  public synchronized void then(Runnable action) {
    this.action = action;
  }

  /// Called on an interruption, on a thread of its own.
  public void happens() {
    Runnable now;
    synchronized (this) {
      happened = true;
      now = action;
    }
    now.run();
  }

  /// Whether the command has been interrupted; what it runs into after that is no news.
  public synchronized boolean happened() {
    return happened;
  }
}
