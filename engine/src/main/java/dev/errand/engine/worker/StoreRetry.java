package dev.errand.engine.worker;

import dev.errand.engine.task.StoreUnavailable;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Repeats calls to a store that is away until it is back: an attempt waits for its database and
/// goes on.
///
/// @param givenUp whether waiting makes no sense any more
record StoreRetry(BooleanSupplier givenUp) {
  private static final Logger log = LoggerFactory.getLogger(StoreRetry.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /// The answer of `call`, which is made again while the store is away.
  ///
  /// An interrupt does not end the wait, since what is to be written may be how the attempt ended;
  /// the thread's flag is set again at the end.
  ///
  /// @throws StoreUnavailable once waiting was given up
  <T> T call(Supplier<T> call) {
    return call(0, call);
  }

  /// As [#call(Supplier)], but goes on after other errors too.
  ///
  /// @param errors how many of them; the next one is thrown
  <T> T call(int errors, Supplier<T> call) {
    int errorsLeft = errors;
    boolean interrupted = Thread.interrupted();
    Duration wait = FIRST_WAIT;
    try {
      while (true) {
        try {
          return call.get();
        } catch (StoreUnavailable e) {
          if (givenUp.getAsBoolean()) {
            throw e;
          }
          log.debug("Waiting for the database: {}", e.getMessage());
        } catch (RuntimeException e) {
          if (errorsLeft-- == 0 || givenUp.getAsBoolean()) {
            throw e;
          }
          log.debug("Trying again", e);
        }
        // An interrupt during the call broke its connection; it must not break the next one.
        interrupted |= Thread.interrupted();
        try {
          Thread.sleep(wait);
        } catch (InterruptedException _) {
          interrupted = true;
        }
        wait =
            wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
