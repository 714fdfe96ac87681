package dev.errand.handlers.concurrent;

import java.time.Duration;

/// Lets time pass: `Thread::sleep`, or a test's own clock.
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration time) throws InterruptedException;
}
