package dev.errand.testkit.model;

import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.TaskId;
import dev.errand.testkit.memory.InMemoryStore;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The store under test and the reference side by side, and their time.
///
/// When the store's process dies in a call, the store must have done all of it or nothing, and must
/// in the end have done it once when the call is made again.
final class Sides {
  private final ModelledStore subject;
  private final SettableClock clock;
  private final InMemoryStore reference;
  private final List<String> torn = new ArrayList<>();
  private Instant now;
  private Duration precision;
  private Operation.@Nullable Crash coming;
  private Consumer<Comparison> witness = _ -> {};
  private boolean repeated;

  Sides(ModelledStore subject) {
    this.subject = subject;
    this.precision = subject.precision();
    this.now = subject.now();
    this.clock = new SettableClock(now);
    this.reference = new InMemoryStore(clock);
  }

  /// Asks both; the store under test again when its process dies meanwhile.
  ///
  /// @throws SubjectFailed when the store under test throws
  <T> Both<T> both(Function<Side, T> call) {
    Optional<T> answer = unlessItDies(call);
    if (answer.isPresent()) {
      return new Both<>(answer.get(), call.apply(reference()));
    }
    boolean done = !seen().isEmpty();
    T expected = call.apply(reference());
    if (done) {
      seen().forEach(one -> torn.add("After the crash, half done: " + one));
    }
    repeated = true;
    return new Both<>(onSubject(call), expected);
  }

  /// As [#both], where a call that is made again may be answered with what it did the first time.
  <T> Both<T> bothOnce(Function<Side, T> call) {
    Both<T> answers = both(call);
    return repeated && !answers.subject().equals(answers.reference())
        ? new Both<>(answers.subject(), call.apply(reference()))
        : answers;
  }

  /// Asks the store under test; empty when its process dies meanwhile.
  <T> Optional<T> unlessItDies(Function<Side, T> call) {
    Operation.Crash crash = coming;
    coming = null;
    if (crash == null) {
      return Optional.of(onSubject(call));
    }
    subject.dieAt(crash.statement(), crash.done());
    try {
      return Optional.of(call.apply(Side.of(subject, now)));
    } catch (RuntimeException | AssertionError e) {
      if (subject.revive() && e instanceof StoreUnavailable) {
        return Optional.empty();
      }
      throw new SubjectFailed(e);
    } finally {
      subject.revive();
    }
  }

  /// Asks the store under test alone.
  <T> T onSubject(Function<Side, T> call) {
    try {
      return call.apply(Side.of(subject, now));
    } catch (RuntimeException | AssertionError e) {
      throw new SubjectFailed(e);
    }
  }

  /// The reference alone, which knows best.
  Side reference() {
    return Side.of(reference, now);
  }

  /// Whether nobody holds the task: who changes one that is held waits for the end of the hold.
  boolean free(TaskId task) {
    return reference.free(task);
  }

  // --- crashes

  /// In the next call, the process of the store under test dies.
  void crash(Operation.Crash crash) {
    coming = crash;
  }

  /// In the next call, nothing dies after all.
  void spare() {
    coming = null;
  }

  /// From now on, what `seen` compares is what a call may change all of or nothing.
  void watch(Consumer<Comparison> seen) {
    witness = seen;
  }

  /// How the sides differ in what is watched.
  List<String> seen() {
    Comparison comparison = comparison();
    witness.accept(comparison);
    return comparison.differences();
  }

  /// Whether the sides differ in what `seen` compares.
  boolean differ(Consumer<Comparison> seen) {
    watch(seen);
    return !seen().isEmpty();
  }

  /// Whether a call of this operation had to be made again.
  boolean repeated() {
    return repeated;
  }

  /// What was found half done.
  List<String> torn() {
    return torn;
  }

  /// From now on moments may differ by as long as it takes others to go on after a death.
  void tolerate(Duration difference) {
    precision = difference;
  }

  // --- time

  /// A comparison of what both say at the present.
  Comparison comparison() {
    return new Comparison(precision);
  }

  /// Sets the reference's clock by the store's own.
  void keepPace() {
    coming = null;
    witness = _ -> {};
    repeated = false;
    torn.clear();
    look();
  }

  private void look() {
    now = onSubject(_ -> subject.now());
    clock.set(now);
  }

  /// Sets the clocks, forward or back.
  void timePasses(Duration time) {
    onSubject(_ -> {
      subject.timePasses(time);
      return time;
    });
    look();
  }
}
