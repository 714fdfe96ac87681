package dev.errand.testkit.model;

import dev.errand.testkit.contract.StoreUnderTest;
import dev.errand.testkit.memory.InMemoryStore;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// The store under test and the reference side by side, and their time.
final class Sides {
  private final StoreUnderTest subject;
  private final SettableClock clock;
  private final InMemoryStore reference;
  private Instant subjectNow;

  Sides(StoreUnderTest subject) {
    this.subject = subject;
    this.subjectNow = subject.now();
    this.clock = new SettableClock(subjectNow);
    this.reference = new InMemoryStore(clock);
  }

  /// Asks both.
  ///
  /// @throws SubjectFailed when the store under test throws
  <T> Both<T> both(Function<Side, T> call) {
    return new Both<>(onSubject(call), call.apply(reference()));
  }

  private <T> T onSubject(Function<Side, T> call) {
    Side side =
        new Side(
            subject.tasks(),
            subject.leases(),
            subject.history(),
            subject.queues(),
            subject.artifacts(),
            subjectNow,
            true);
    try {
      return call.apply(side);
    } catch (RuntimeException | AssertionError e) {
      throw new SubjectFailed(e);
    }
  }

  /// The reference alone, which knows best.
  Side reference() {
    return new Side(
        reference.tasks(),
        reference.leases(),
        reference.history(),
        reference.queues(),
        reference.artifacts(),
        clock.instant(),
        false);
  }

  /// A comparison of what both say at the present.
  Comparison comparison() {
    return new Comparison(subjectNow, clock.instant(), subject.precision());
  }

  /// Moves the reference's clock on by as much as the store's own has moved.
  void keepPace() {
    Instant now = subject.now();
    Duration elapsed = Duration.between(subjectNow, now);
    if (elapsed.isPositive()) {
      clock.advance(elapsed);
    }
    subjectNow = now;
  }

  /// Lets `time` pass on both sides: the store's clock moves, or it stays while all that the store
  /// holds grows older.
  void timePasses(Duration time) {
    onSubject(_ -> {
      subject.timePasses(time);
      return time;
    });
    Instant now = subject.now();
    Duration moved = Duration.between(subjectNow, now);
    clock.advance(moved.compareTo(time) < 0 ? time.plus(moved) : moved);
    subjectNow = now;
  }
}
