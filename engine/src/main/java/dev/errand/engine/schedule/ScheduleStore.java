package dev.errand.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where schedules and their runs are kept. Thread-safe; every method may block and may throw
/// [StoreUnavailable].
///
/// To take something is to put it off for everybody else: should the taker die, somebody else takes
/// it later. So what is done about it has to be harmless when it is done twice: decisions are bound
/// to a revision, and submissions to the run's task.
public interface ScheduleStore {

  /// The present by the store's clock, which decides what is due.
  Instant now();

  /// Adds a schedule. Adding the same one again changes nothing.
  void add(Schedule schedule);

  Optional<Schedule> find(ScheduleId id);

  /// One page of schedules, newest first.
  ///
  /// @param owner whose, absent for everybody's
  /// @param before only those added before this one
  List<Schedule> list(@Nullable String owner, @Nullable ScheduleId before, int limit);

  /// Replaces the schedule of the same id, unless that has changed since this one was read.
  ///
  /// @return whether it was replaced
  boolean replace(Schedule schedule);

  /// Removes a schedule with its runs; tasks that it submitted stay.
  boolean delete(ScheduleId id);

  /// One page of a schedule's runs, latest moment first; of a moment that is both, the triggered
  /// run comes before the due one.
  ///
  /// @param before only runs that follow this one in this order; its moment and kind are enough
  List<ScheduleRun> runs(ScheduleId id, @Nullable ScheduleRun before, int limit);

  /// The latest runs that were not skipped, latest moment first.
  List<ScheduleRun> startedRuns(ScheduleId id, int limit);

  /// How long until a schedule is due or a waiting run is to be looked at; not positive when one is
  /// now, empty when there are none.
  Optional<Duration> untilNext();

  /// Takes schedules that are due, those first that have been so for longest.
  List<Schedule> takeDue(int limit, Duration putOff);

  /// Notes what is decided about a due moment, and which one comes next. Of two decisions about the
  /// same revision only one counts, and none of a moment that has its run.
  ///
  /// @return how many of them counted
  int decide(List<Decision> decisions);

  /// @param revision of the schedule that the decision is about
  /// @param next the moment that is due next, absent when none ever is
  record Decision(ScheduleRun run, long revision, @Nullable Instant next) {}

  /// Adds a triggered run, taken as [#takeWaiting] does. Nothing happens when the schedule has gone
  /// or has this run.
  ///
  /// @return whether it was added
  boolean trigger(ScheduleRun run, Duration putOff);

  /// Takes runs that wait to be submitted, with their schedules as they are now.
  List<Waiting> takeWaiting(int limit, Duration putOff);

  record Waiting(Schedule schedule, ScheduleRun run) {}

  /// Notes that the tasks of these runs have been submitted.
  void submitted(List<ScheduleRun> runs);

  /// Skips the due runs of a schedule that are still waiting.
  void skipWaiting(ScheduleId id, String why);

  /// Forgets runs whose moment is longer ago, except those that wait.
  ///
  /// @return how many
  int forgetRuns(Duration olderThan);
}
