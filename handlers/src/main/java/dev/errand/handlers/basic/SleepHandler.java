package dev.errand.handlers.basic;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.InvalidParams;
import java.time.Duration;

/// Sleeps for some time and reports its progress: task type `sleep`.
public final class SleepHandler implements Handler<SleepHandler.Params> {
  private static final double LONGEST = 86_400;

  /// @param seconds 0 to 86,400; decimals are fine
  public record Params(double seconds) {
    public Params {
      new InvalidParams.Check()
          .that(seconds >= 0 && seconds <= LONGEST, "/seconds", "must be 0 to 86400")
          .orThrow();
    }

    Duration duration() {
      return Duration.ofNanos(Math.round(seconds * 1e9));
    }
  }

  /// @param sleptSeconds how long it slept
  public record Result(double sleptSeconds) {}

  @Override
  public String type() {
    return "sleep";
  }

  @Override
  public Class<Params> paramsType() {
    return Params.class;
  }

  /// Wakes up a hundred times, though not more often than ten times a second.
  @Override
  public Result handle(Params params, Attempt attempt) throws InterruptedException {
    long start = System.nanoTime();
    long total = params.duration().toNanos();
    long nap = Math.max(total / 100, 100_000_000L);
    for (long slept = 0; slept < total; slept = System.nanoTime() - start) {
      attempt.progress((int) (slept * 100 / total), "Sleeping");
      Thread.sleep(Duration.ofNanos(Math.min(nap, total - slept)));
    }
    attempt.progress(100, "Awake");
    return new Result((System.nanoTime() - start) / 1e9);
  }
}
