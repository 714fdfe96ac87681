package dev.errand.chaos.node;

import dev.errand.chaos.node.Footprints.Mark;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.TaskFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Goes step after step and leaves footprints, so that it can be told later which attempt of which
/// process went where, and when.
public final class Walk implements Handler<Walk.Route> {
  private final Footprints footprints;

  public Walk(Footprints footprints) {
    this.footprints = footprints;
  }

  /// @param steps how many milliseconds each step takes
  /// @param stubborn whether it goes on when it is told to stop
  /// @param stumbles whether the first attempt fails at its end
  public record Route(List<Integer> steps, boolean stubborn, boolean stumbles) {}

  /// @param by who arrived, see [#name]
  /// @param steps who went each step
  public record Arrival(String by, List<String> steps) {}

  @Override
  public String type() {
    return "walk";
  }

  @Override
  public Class<Route> paramsType() {
    return Route.class;
  }

  @Override
  public Object handle(Route route, Attempt attempt) throws Exception {
    String us = name(attempt.number(), ProcessHandle.current().pid());
    footprints.leave(attempt.task(), Footprints.ATTEMPT, us, Mark.BEGIN);
    try {
      return walk(route, attempt, us);
    } finally {
      footprints.leave(attempt.task(), Footprints.ATTEMPT, us, Mark.END);
    }
  }

  private Arrival walk(Route route, Attempt attempt, String us) throws Exception {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < route.steps().size(); i++) {
      String step = "step-" + i;
      int millis = route.steps().get(i);
      attempt.progress(100 * i / route.steps().size(), us);
      attempt.info(us);
      steps.add(
          attempt.step(step, String.class, () -> go(attempt, step, us, millis, route.stubborn())));
    }
    if (route.stumbles() && attempt.number() == 1) {
      throw TaskFailure.external("stumbled", us, null);
    }
    attempt.store("diary", "text", "text/plain", us.getBytes(StandardCharsets.US_ASCII));
    return new Arrival(us, steps);
  }

  /// Names an attempt. One that was given back shares its name with the next, if the same process
  /// runs that.
  public static String name(int number, long pid) {
    return number + "@" + pid;
  }

  private String go(Attempt attempt, String step, String us, int millis, boolean stubborn)
      throws InterruptedException {
    footprints.leave(attempt.task(), step, us, Mark.BEGIN);
    long end = System.nanoTime() + millis * 1_000_000L;
    for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      try {
        Thread.sleep(left);
      } catch (InterruptedException e) {
        if (!stubborn) {
          throw e;
        }
      }
    }
    footprints.leave(attempt.task(), step, us, Mark.END);
    return us;
  }
}
