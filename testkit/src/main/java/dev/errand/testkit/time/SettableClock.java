package dev.errand.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until a test moves it. Thread-safe.
public final class SettableClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /// A clock that shows some moment; tests that care which one set it.
  public SettableClock() {
    this(Instant.parse("2026-11-21T08:00:00.123456Z"));
  }

  public SettableClock(Instant now) {
    this.now = new AtomicReference<>(now);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  public void set(Instant moment) {
    now.set(moment);
  }

  /// Moves the clock on by `time`.
  ///
  /// @return the moment it shows now
  public Instant advance(Duration time) {
    return now.updateAndGet(moment -> moment.plus(time));
  }
}
