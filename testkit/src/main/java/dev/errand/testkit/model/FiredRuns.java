package dev.errand.testkit.model;

import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.schedule.ScheduleStore.Decision;
import dev.errand.engine.task.TaskId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Whoever fires a schedule makes up the ids of its tasks: what was made up for one store is taken
/// for the other.
final class FiredRuns {
  private final Map<Moment, TaskId> tasks = new HashMap<>();

  private record Moment(ScheduleId schedule, Instant at) {
    static Moment of(ScheduleRun run) {
      return new Moment(run.schedule(), run.moment());
    }
  }

  ScheduleStore noting(ScheduleStore schedules) {
    return deciding(
        schedules,
        decision -> {
          TaskId task = decision.run().task();
          if (task != null) {
            tasks.put(Moment.of(decision.run()), task);
          }
          return decision;
        });
  }

  ScheduleStore repeating(ScheduleStore schedules) {
    return deciding(schedules, this::repeated);
  }

  private Decision repeated(Decision decision) {
    ScheduleRun run = decision.run();
    TaskId known = tasks.get(Moment.of(run));
    return known == null || run.task() == null
        ? decision
        : new Decision(
            new ScheduleRun(
                run.schedule(), run.moment(), run.triggered(), run.status(), known, run.note()),
            decision.revision(),
            decision.next());
  }

  @SuppressWarnings("unchecked")
  private static ScheduleStore deciding(ScheduleStore schedules, UnaryOperator<Decision> change) {
    return (ScheduleStore)
        Proxy.newProxyInstance(
            ScheduleStore.class.getClassLoader(),
            new Class<?>[] {ScheduleStore.class},
            (_, method, arguments) -> {
              try {
                if (method.getName().equals("decide")) {
                  return schedules.decide(
                      ((List<Decision>) arguments[0]).stream().map(change).toList());
                }
                return method.invoke(schedules, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }
}
