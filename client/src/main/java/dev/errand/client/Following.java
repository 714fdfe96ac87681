package dev.errand.client;

import java.time.Duration;
import java.util.function.BiConsumer;

/// Keeps a reader going over cut connections and restarts of the server: after a break it waits 1
/// s, then half as long again each time, 30 s at most.
final class Following {
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  /// How long no server may answer before the reader gives up.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Time time;
  private final BiConsumer<Duration, RuntimeException> onTrouble;
  private Duration delay = FIRST_DELAY;
  private Duration lastAnswer;

  /// @param onTrouble hears of each delay that a silent server is the reason for
  Following(Time time, BiConsumer<Duration, RuntimeException> onTrouble) {
    this.time = time;
    this.onTrouble = onTrouble;
    this.lastAnswer = time.passed();
  }

  /// Time as it passes; a test's passes at once.
  interface Time {
    Time REAL = Thread::sleep;

    void pause(Duration length) throws InterruptedException;

    /// Since some moment that stays the same.
    default Duration passed() {
      return Duration.ofNanos(System.nanoTime());
    }
  }

  /// What one connection brought.
  enum Round {
    /// Everything has been read.
    ENDED,
    /// Something new, and there is more to come.
    PROGRESS,
    /// The server answered, with nothing new.
    QUIET
  }

  /// Reads over one connection.
  interface Reader {
    /// @param answered told when the server has answered, though the round may still fail
    Round read(Runnable answered);
  }

  /// Returns when `reader` has read everything.
  ///
  /// @throws Unreachable when no server has answered for 3 minutes
  /// @throws Refused when the server says no for good
  void follow(Reader reader) {
    while (round(reader) != Round.ENDED) {
      sleep();
      delay = longer(delay);
    }
  }

  private Round round(Reader reader) {
    try {
      Round round = reader.read(this::answered);
      answered();
      delay = round == Round.PROGRESS ? FIRST_DELAY : delay;
      return round;
    } catch (Unreachable e) {
      return bear(e);
    } catch (Refused e) {
      if (e.passing()) {
        return bear(e);
      }
      throw e;
    }
  }

  private void answered() {
    lastAnswer = time.passed();
  }

  private Round bear(RuntimeException trouble) {
    if (time.passed().minus(lastAnswer).compareTo(PATIENCE) >= 0) {
      throw trouble;
    }
    onTrouble.accept(delay, trouble);
    return Round.QUIET;
  }

  private void sleep() {
    try {
      time.pause(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("Interrupted while waiting for the server.", e);
    }
  }

  private static Duration longer(Duration delay) {
    Duration next = delay.multipliedBy(3).dividedBy(2);
    return next.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : next;
  }
}
