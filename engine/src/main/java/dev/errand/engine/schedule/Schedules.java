package dev.errand.engine.schedule;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.schedule.ScheduleStore.Waiting;
import dev.errand.engine.task.Tasks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What a caller may do with schedules. What a schedule submits is decided here, with the caller's
/// rights, and not again when it fires.
///
/// Every method throws [Problem.Refused] for what the caller did wrong, and treats somebody else's
/// schedule as one that does not exist.
public final class Schedules {
  /// A schedule that changes under our hands is read again so often: it may be due every second.
  private static final int TRIES = 20;

  private final ScheduleStore store;
  private final Tasks tasks;
  private final Firing firing;

  public Schedules(ScheduleStore store, Tasks tasks, Firing firing) {
    this.store = store;
    this.tasks = tasks;
    this.firing = firing;
  }

  public Schedule create(Caller caller, ScheduleDraft draft) {
    TaskTemplate task = checked(caller, draft);
    Instant now = store.now();
    boolean paused = Boolean.TRUE.equals(draft.paused());
    Schedule schedule =
        new Schedule(
            ScheduleId.next(),
            caller.user(),
            draft.nameOrType(),
            draft.timing(),
            task,
            paused,
            paused ? null : draft.timing().next(now).orElse(null),
            0,
            now,
            now,
            null);
    store.add(schedule);
    return schedule;
  }

  public Schedule find(Caller caller, ScheduleId id) {
    return store
        .find(id)
        .filter(schedule -> caller.mayAccess(schedule.owner()))
        .orElseThrow(() -> unknown(id));
  }

  /// One page of schedules, newest first; only an administrator sees those of others.
  ///
  /// @param owner whose, absent for everybody's
  public List<Schedule> list(
      Caller caller, @Nullable String owner, @Nullable ScheduleId before, int limit) {
    if (!caller.admin() && !caller.user().equals(owner)) {
      throw new Problem.Forbidden("Only administrators list the schedules of others.").refused();
    }
    return store.list(owner, before, limit);
  }

  /// Replaces what a schedule does and when. Moments that were due before stay as they were.
  public Schedule change(Caller caller, ScheduleId id, ScheduleDraft draft) {
    find(caller, id);
    TaskTemplate task = checked(caller, draft);
    return replaced(
        caller,
        id,
        (old, now) -> {
          boolean paused = draft.paused() == null ? old.paused() : draft.paused();
          Schedule changed = old.changed(draft.nameOrType(), draft.timing(), task, now);
          boolean sameMoments =
              old.timing().cron().equals(draft.timing().cron())
                  && old.timing().timeZone().equals(draft.timing().timeZone())
                  && old.paused() == paused;
          return sameMoments ? changed : withPause(changed, paused, now);
        });
  }

  /// Stops a schedule until it is resumed; what was due and still waits is skipped.
  public Schedule pause(Caller caller, ScheduleId id) {
    return replaced(caller, id, (old, now) -> old.paused() ? old : withPause(old, true, now));
  }

  /// Lets a schedule go on with the next moment from now; what was due in between is not made up
  /// for.
  public Schedule resume(Caller caller, ScheduleId id) {
    return replaced(caller, id, (old, now) -> old.paused() ? withPause(old, false, now) : old);
  }

  private static Schedule withPause(Schedule schedule, boolean paused, Instant now) {
    return schedule.due(paused, paused ? null : schedule.timing().next(now).orElse(null), now);
  }

  /// Submits a schedule's task now, beside its rhythm and even while it is paused.
  public ScheduleRun trigger(Caller caller, ScheduleId id) {
    for (int tries = 0; tries < TRIES; tries++) {
      Schedule schedule = find(caller, id);
      // A run is known by its moment: who comes at the same one takes the next.
      ScheduleRun run = ScheduleRun.triggered(id, store.now().plus(tries, ChronoUnit.MICROS));
      if (store.trigger(run, Firing.PUT_OFF)) {
        return firing.submit(List.of(new Waiting(schedule, run))).getFirst();
      }
    }
    throw busy(id);
  }

  /// One page of a schedule's runs, latest moment first.
  public List<ScheduleRun> runs(
      Caller caller, ScheduleId id, @Nullable ScheduleRun before, int limit) {
    find(caller, id);
    return store.runs(id, before, limit);
  }

  /// Removes a schedule with its runs; tasks that it submitted stay.
  public void delete(Caller caller, ScheduleId id) {
    find(caller, id);
    store.delete(id);
  }

  private Schedule replaced(
      Caller caller, ScheduleId id, BiFunction<Schedule, Instant, Schedule> change) {
    for (int tries = 0; tries < TRIES; tries++) {
      Schedule old = find(caller, id);
      Schedule changed = change.apply(old, store.now());
      if (changed.equals(old)) {
        return old;
      }
      if (store.replace(changed)) {
        if (changed.paused()) {
          store.skipWaiting(id, "the schedule was paused before it was submitted");
        }
        return find(caller, id);
      }
    }
    throw busy(id);
  }

  /// @throws Problem.Refused naming everything that is wrong with it
  private TaskTemplate checked(Caller caller, ScheduleDraft draft) {
    List<Violation> violations = new ArrayList<>(draft.violations());
    try {
      TaskTemplate task = TaskTemplate.of(tasks.admitted(caller, draft.task()));
      if (violations.isEmpty()) {
        return task;
      }
    } catch (Problem.Refused refused) {
      if (!(refused.problem() instanceof Problem.InvalidTask(var ofTask))) {
        throw refused;
      }
      violations.addAll(ofTask);
    }
    throw new Problem.InvalidSchedule(violations).refused();
  }

  private static Problem.Refused unknown(ScheduleId id) {
    return new Problem.NotFound("schedule: " + id).refused();
  }

  private static Problem.Refused busy(ScheduleId id) {
    return new Problem.Conflict("Schedule %s changes all the time; try again.".formatted(id))
        .refused();
  }
}
