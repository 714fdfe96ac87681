package dev.errand.testkit.model;

import dev.errand.engine.schedule.Firing;
import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.schedule.ScheduleRun.Status;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.schedule.Timing;
import dev.errand.engine.signal.LocalSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The schedules of a run.
final class Timetable {
  /// Who fires after somebody died waits as long.
  private static final Duration AFTER_DEATH = Duration.ofSeconds(3);

  private static final int SHOWN = 30;

  private final Sides sides;
  private final Names names;

  Timetable(Sides sides, Names names) {
    this.sides = sides;
    this.names = names;
  }

  void add(Operation.AddSchedule operation, Comparison comparison) {
    Instant now = sides.reference().now();
    Timing timing = operation.timing();
    Schedule schedule =
        new Schedule(
            names.schedule(operation.schedule()),
            operation.owner(),
            "Schedule " + operation.schedule(),
            timing,
            operation.task(),
            false,
            timing.next(now).orElse(null),
            0,
            now,
            now,
            null);
    watch(operation.schedule());
    sides.both(side -> {
      side.schedules().add(schedule);
      return schedule;
    });
    compare(operation.schedule(), comparison);
  }

  /// @param timing absent for a pause, or the end of one
  void replace(int number, @Nullable Timing timing, boolean stale, Comparison comparison) {
    ScheduleId id = names.schedule(number);
    Optional<Schedule> known = sides.reference().schedules().find(id);
    if (known.isEmpty()) {
      return;
    }
    Schedule changed = changed(known.get(), timing, stale ? 1 : 0);
    watch(number);
    Both<Boolean> answers = sides.both(side -> side.schedules().replace(changed));
    // Made again, it finds a newer revision, which is its own.
    if (!sides.repeated()) {
      comparison.same("the answer", answers);
    }
    if (changed.paused()) {
      sides.both(side -> {
        side.schedules().skipWaiting(id, "paused");
        return id;
      });
    }
    compare(number, comparison);
  }

  private Schedule changed(Schedule old, @Nullable Timing timing, int behind) {
    Instant now = sides.reference().now();
    Timing newTiming = timing == null ? old.timing() : timing;
    boolean paused = timing == null && !old.paused();
    return new Schedule(
        old.id(),
        old.owner(),
        old.name(),
        newTiming,
        old.task(),
        paused,
        paused ? null : newTiming.next(now).orElse(null),
        old.revision() - behind,
        old.createdAt(),
        now,
        null);
  }

  void delete(int number, Comparison comparison) {
    watch(number);
    comparison.same(
        "the answer", sides.bothOnce(side -> side.schedules().delete(names.schedule(number))));
    compare(number, comparison);
  }

  void trigger(int number, TaskRef task, Comparison comparison) {
    ScheduleRun run =
        new ScheduleRun(
            names.schedule(number),
            sides.reference().now(),
            true,
            Status.WAITING,
            names.task(task),
            null);
    watch(number);
    comparison.same(
        "the answer", sides.bothOnce(side -> side.schedules().trigger(run, Duration.ofSeconds(2))));
    compare(number, comparison);
  }

  /// Fires what is due, as the nodes of an installation do.
  ///
  /// @return the tasks that were submitted
  List<TaskRef> fire(Comparison comparison) {
    FiredRuns runs = new FiredRuns();
    Optional<Boolean> fired = sides.unlessItDies(side -> fire(runs.noting(side.schedules()), side));
    if (fired.isEmpty()) {
      sides.tolerate(Duration.ofSeconds(10));
      sides.timePasses(AFTER_DEATH);
      sides.onSubject(side -> fire(runs.noting(side.schedules()), side));
    }
    Side reference = sides.reference();
    fire(runs.repeating(reference.schedules()), reference);
    List<TaskRef> tasks = new ArrayList<>();
    for (int number : names.schedules()) {
      compare(number, comparison);
      reference.schedules().startedRuns(names.schedule(number), SHOWN).stream()
          .map(ScheduleRun::task)
          .filter(Objects::nonNull)
          .filter(names::isNew)
          .forEach(task -> tasks.add(names.nameFired(task)));
    }
    return tasks;
  }

  private static boolean fire(ScheduleStore schedules, Side side) {
    return new Firing(schedules, side.tasks(), new LocalSignals()).fire();
  }

  private void watch(int number) {
    sides.watch(comparison -> compare(number, comparison));
  }

  void compare(int number, Comparison comparison) {
    ScheduleId id = names.schedule(number);
    comparison.sameSchedules(
        "s" + number,
        new Both<>(
            sides.onSubject(side -> side.schedules().find(id).stream().toList()),
            sides.reference().schedules().find(id).stream().toList()));
    comparison.sameRuns(
        "s%d run".formatted(number),
        new Both<>(
            sides.onSubject(side -> side.schedules().runs(id, null, SHOWN)),
            sides.reference().schedules().runs(id, null, SHOWN)));
  }
}
