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

  private final Pause pause;
  private final BiConsumer<Duration, RuntimeException> onTrouble;
  private Duration delay = FIRST_DELAY;
  private Duration silence = Duration.ZERO;

  /// @param onTrouble hears of each delay that a silent server is the reason for
  Following(Pause pause, BiConsumer<Duration, RuntimeException> onTrouble) {
    this.pause = pause;
    this.onTrouble = onTrouble;
  }

  /// Waits; a test's does not.
  interface Pause {
    void of(Duration delay) throws InterruptedException;
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
    Round read();
  }

  /// Returns when `reader` has read everything.
  ///
  /// @throws Unreachable when no server has answered for 3 minutes
  /// @throws Refused when the server says no for good
  void follow(Reader reader) {
    while (round(reader) != Round.ENDED) {
      sleep();
      silence = silence.plus(delay);
      delay = longer(delay);
    }
  }

  private Round round(Reader reader) {
    try {
      Round round = reader.read();
      silence = Duration.ZERO;
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

  private Round bear(RuntimeException trouble) {
    if (silence.compareTo(PATIENCE) >= 0) {
      throw trouble;
    }
    onTrouble.accept(delay, trouble);
    return Round.QUIET;
  }

  private void sleep() {
    try {
      pause.of(delay);
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
