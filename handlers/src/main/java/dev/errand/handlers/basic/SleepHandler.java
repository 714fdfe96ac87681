package dev.errand.handlers.basic;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.InvalidParams.Check;
import java.time.Duration;

/// Sleeps, and says how far it is.
public final class SleepHandler implements Handler<SleepHandler.Params> {
  private static final double LONGEST = Duration.ofDays(1).toSeconds();
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);

  /// @param seconds 0 to 86,400; fractions count
  public record Params(double seconds) {
    public Params {
      new Check()
          .that(seconds >= 0 && seconds <= LONGEST, "/seconds", "must be 0 to 86400")
          .orThrow();
    }

    Duration duration() {
      return Duration.ofMillis(Math.round(seconds * 1_000));
    }
  }

  /// @param slept in seconds
  public record Result(double slept) {}

  @Override
  public String type() {
    return "sleep";
  }

  @Override
  public Class<Params> paramsType() {
    return Params.class;
  }

  @Override
  public Result handle(Params params, Attempt attempt) throws InterruptedException {
    long started = System.nanoTime();
    Duration whole = params.duration();
    Duration left = whole;
    while (left.isPositive()) {
      Thread.sleep(left.compareTo(BETWEEN_REPORTS) < 0 ? left : BETWEEN_REPORTS);
      left = whole.minusNanos(System.nanoTime() - started);
      if (left.isPositive()) {
        long percent = 100 - left.toMillis() * 100 / whole.toMillis();
        attempt.progress((int) percent, "%d s left".formatted(left.toSeconds() + 1));
      }
    }
    return new Result(params.seconds());
  }
}
