package dev.errand.engine.schedule;

import dev.errand.engine.budget.Allowance;
import dev.errand.engine.schedule.ScheduleStore.Decision;
import dev.errand.engine.schedule.ScheduleStore.Waiting;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.NewTask.Idempotency;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.task.TaskStore.Submitted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fires schedules: first it is decided, once, what becomes of a due moment and under which id its
/// task will be known; then that task is submitted, as often as it takes, and stored once.
///
/// Any number of nodes may do both at the same time, and die in between. Thread-safe.
public final class Firing {
  private static final Logger log = LoggerFactory.getLogger(Firing.class);

  /// A moment that is longer past was missed.
  public static final Duration GRACE = Duration.ofMinutes(1);

  /// So long after a node died, another one goes on with what it had taken.
  static final Duration PUT_OFF = Duration.ofSeconds(2);

  private static final int AT_ONCE = 100;

  /// Beside the task of the last due moment, tasks that were triggered since may be open.
  private static final int FORMER_RUNS = 10;

  private final ScheduleStore schedules;
  private final TaskStore tasks;
  private final Signals signals;

  public Firing(ScheduleStore schedules, TaskStore tasks, Signals signals) {
    this.schedules = schedules;
    this.tasks = tasks;
    this.signals = signals;
  }

  /// Does what is to be done now, up to a bound.
  ///
  /// @return whether there was anything
  public boolean fire() {
    boolean decided = decideDue();
    return submitWaiting() || decided;
  }

  private boolean decideDue() {
    List<Schedule> due = schedules.takeDue(AT_ONCE, PUT_OFF);
    if (due.isEmpty()) {
      return false;
    }
    Instant now = schedules.now();
    List<Decision> decisions =
        due.stream().flatMap(one -> attempted(one, schedule -> decide(schedule, now))).toList();
    schedules.decide(decisions);
    return true;
  }

  /// What `work` makes of a schedule; nothing when that fails, which must not stop the others.
  private static <T> Stream<T> attempted(Schedule schedule, Function<Schedule, Optional<T>> work) {
    try {
      return work.apply(schedule).stream();
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("event", "schedule_failed")
          .addKeyValue("schedule_id", schedule.id())
          .log("A schedule could not be fired and is tried again: {}", e.toString());
      return Stream.empty();
    }
  }

  private Optional<Decision> decide(Schedule schedule, Instant now) {
    Instant moment = schedule.next();
    if (moment == null) {
      return Optional.empty(); // paused since it was taken
    }
    Rhythm rhythm = schedule.timing().rhythm();
    boolean missed = moment.plus(GRACE).isBefore(now);
    if (!missed) {
      return Optional.of(decision(schedule, run(schedule, moment, null), rhythm.next(moment)));
    }
    return Optional.of(
        switch (schedule.timing().misfire()) {
          case SKIP ->
              decision(
                  schedule,
                  ScheduleRun.skipped(schedule.id(), moment, missedUntil(now)),
                  rhythm.next(now.minus(GRACE)));
          case ONCE -> {
            Instant last = rhythm.last(moment, now);
            String note = last.equals(moment) ? "late" : "also for what was missed since " + moment;
            yield decision(schedule, run(schedule, last, note), rhythm.next(now));
          }
        });
  }

  private static String missedUntil(Instant now) {
    return "no node was there until %s; so is every further moment up to a minute before"
        .formatted(now);
  }

  private static Decision decision(Schedule schedule, ScheduleRun run, Optional<Instant> next) {
    return new Decision(run, schedule.revision(), next.orElse(null));
  }

  private ScheduleRun run(Schedule schedule, Instant moment, @Nullable String note) {
    return switch (schedule.timing().overlap()) {
      case ALLOW -> ScheduleRun.waiting(schedule.id(), moment, note);
      case SKIP ->
          openRun(schedule, null)
              .map(open -> skipped(schedule, moment, open))
              .orElseGet(() -> ScheduleRun.waiting(schedule.id(), moment, note));
      case QUEUE ->
          waitingRun(schedule)
              .map(held -> skipped(schedule, moment, held))
              .orElseGet(() -> ScheduleRun.waiting(schedule.id(), moment, note));
    };
  }

  private static ScheduleRun skipped(Schedule schedule, Instant moment, ScheduleRun because) {
    String why =
        because.status() == ScheduleRun.Status.WAITING
            ? "the run of %s still waits".formatted(because.moment())
            : "task %s of %s is still open".formatted(because.task(), because.moment());
    return ScheduleRun.skipped(schedule.id(), moment, why);
  }

  private Optional<ScheduleRun> waitingRun(Schedule schedule) {
    return schedules.startedRuns(schedule.id(), FORMER_RUNS).stream()
        .filter(run -> run.status() == ScheduleRun.Status.WAITING)
        .findFirst();
  }

  /// A former run whose task has not ended.
  ///
  /// @param besides the run that asks
  private Optional<ScheduleRun> openRun(Schedule schedule, @Nullable ScheduleRun besides) {
    return schedules.startedRuns(schedule.id(), FORMER_RUNS).stream()
        .filter(run -> besides == null || !run.moment().equals(besides.moment()))
        .filter(run -> run.status() == ScheduleRun.Status.WAITING || open(run.task()))
        .findFirst();
  }

  private boolean open(@Nullable TaskId task) {
    return task != null && tasks.find(task).filter(found -> !found.status().terminal()).isPresent();
  }

  private boolean submitWaiting() {
    List<Waiting> taken = schedules.takeWaiting(AT_ONCE, PUT_OFF);
    List<Waiting> ready =
        taken.stream()
            .flatMap(one -> attempted(one.schedule(), _ -> Optional.of(one).filter(this::mayStart)))
            .toList();
    submit(ready);
    return !taken.isEmpty();
  }

  private boolean mayStart(Waiting waiting) {
    return waiting.run().triggered()
        || waiting.schedule().timing().overlap() != Overlap.QUEUE
        || openRun(waiting.schedule(), waiting.run()).isEmpty();
  }

  /// Submits the tasks of runs that wait. What was submitted before is not submitted again.
  ///
  /// @return the runs whose tasks were submitted
  List<ScheduleRun> submit(List<Waiting> waiting) {
    try {
      return submitTogether(waiting);
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      if (waiting.size() == 1) {
        throw e;
      }
      // One that cannot be stored must not keep the others from it.
      return waiting.stream()
          .flatMap(one ->
              attempted(one.schedule(), _ -> submitTogether(List.of(one)).stream().findFirst()))
          .toList();
    }
  }

  private List<ScheduleRun> submitTogether(List<Waiting> waiting) {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Submitted> answers = tasks.submit(waiting.stream().map(Firing::task).toList());
    List<ScheduleRun> submitted = new ArrayList<>();
    for (int i = 0; i < waiting.size(); i++) {
      submitted.add(waiting.get(i).run().submitted(idOf(answers.get(i))));
    }
    schedules.submitted(submitted);
    signals.work();
    return submitted;
  }

  private static TaskId idOf(Submitted answer) {
    return switch (answer) {
      case Submitted.Stored stored -> stored.id();
      case Submitted.Known(var id) -> id;
      // The schedule was changed between two submissions of one run: the first one counts.
      case Submitted.KeyReused(var id) -> id;
    };
  }

  private static NewTask task(Waiting waiting) {
    ScheduleRun run = waiting.run();
    TaskTemplate template = waiting.schedule().task();
    TaskId id = Objects.requireNonNull(run.task());
    return new NewTask(
        id,
        waiting.schedule().owner(),
        template.type(),
        template.params(),
        template.queue(),
        template.priority(),
        template.timeout(),
        template.maxRetries(),
        new Due.Now(),
        template.tags(),
        id.toString().replace("-", ""),
        null,
        null,
        Allowance.UNLIMITED,
        null,
        // The same for every submission of one run, and for no other.
        new Idempotency("schedule %s run %s".formatted(run.schedule(), id), id.toString()),
        template.callbackUrl());
  }
}
