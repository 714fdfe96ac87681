package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.schedule.ScheduleRun.Status;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.schedule.ScheduleStore.Decision;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [ScheduleStore] must keep and give back, and to how many.
public abstract class ScheduleStoreContract extends StoreContract {
  private static final Duration PUT_OFF = Duration.ofMinutes(1);

  @Test
  void a_schedule_is_found_as_it_was_added() {
    Schedule schedule = added(inAnHour());

    assertThat(schedules().find(schedule.id())).contains(schedule);
    assertThat(schedules().find(ScheduleId.next())).isEmpty();
  }

  @Test
  void a_schedule_that_is_added_again_stays_as_it_is() {
    Schedule schedule = added(inAnHour());

    schedules().add(ScheduleDrafts.due(schedule, null));

    assertThat(schedules().find(schedule.id())).contains(schedule);
  }

  @Test
  void schedules_are_listed_newest_first_and_page_by_page() {
    List<Schedule> all = Stream.generate(() -> added(inAnHour())).limit(3).toList().reversed();
    Schedule other = ScheduleDrafts.daily("bob", now(), inAnHour());
    schedules().add(other);

    assertThat(schedules().list("ada", null, 10)).isEqualTo(all);
    assertThat(schedules().list("ada", null, 2)).isEqualTo(all.subList(0, 2));
    assertThat(schedules().list("ada", all.get(1).id(), 2)).isEqualTo(all.subList(2, 3));
    assertThat(schedules().list(null, null, 10)).hasSize(4).startsWith(other);
  }

  @Test
  void a_schedule_is_replaced_only_by_who_has_seen_its_last_change() {
    Schedule seen = added(inAnHour());

    assertThat(schedules().replace(ScheduleDrafts.due(seen, null))).isTrue();
    assertThat(schedules().replace(seen)).isFalse();

    Schedule paused = found(seen);
    assertThat(paused.paused()).isTrue();
    assertThat(paused.next()).isNull();
    assertThat(paused.revision()).isGreaterThan(seen.revision());
    assertThat(schedules().replace(ScheduleDrafts.due(paused, seen.next()))).isTrue();
    assertThat(found(seen).next()).isEqualTo(seen.next());
  }

  @Test
  void a_deleted_schedule_takes_its_runs_with_it() {
    Schedule schedule = added(justNow());
    schedules().decide(List.of(decided(schedule, waiting(schedule))));

    assertThat(schedules().delete(schedule.id())).isTrue();

    assertThat(schedules().delete(schedule.id())).isFalse();
    assertThat(schedules().find(schedule.id())).isEmpty();
    assertThat(schedules().runs(schedule.id(), null, 10)).isEmpty();
    assertThat(schedules().takeWaiting(10, PUT_OFF)).isEmpty();
    assertThat(schedules().untilNext()).isEmpty();
  }

  @Test
  void only_what_is_due_is_taken_and_by_one_until_that_one_has_had_its_time() {
    added(inAnHour());
    added(null);
    Schedule due = added(justNow());

    assertThat(schedules().takeDue(10, PUT_OFF)).containsExactly(due);
    assertThat(schedules().takeDue(10, PUT_OFF)).isEmpty();
    store().timePasses(PUT_OFF);
    assertThat(schedules().takeDue(10, PUT_OFF))
        .singleElement()
        .extracting(Schedule::id)
        .isEqualTo(due.id());
  }

  @Test
  void of_two_decisions_about_the_same_revision_one_counts() {
    Schedule due = added(justNow());
    ScheduleRun first = waiting(due);
    ScheduleRun second = skipped(due);

    assertThat(schedules().decide(List.of(decided(due, first)))).isEqualTo(1);
    assertThat(schedules().decide(List.of(decided(due, second)))).isZero();

    assertThat(schedules().runs(due.id(), null, 10)).containsExactly(first);
    assertThat(found(due).lastRun()).isEqualTo(first);
    assertThat(found(due).next()).isAfter(now());
  }

  @Test
  void a_moment_that_has_its_run_is_passed_by() {
    Schedule due = added(justNow());
    ScheduleRun first = waiting(due);
    schedules().decide(List.of(decided(due, first)));
    // As after the clock was put back.
    schedules().replace(ScheduleDrafts.due(found(due), due.next()));
    Schedule again = found(due);

    assertThat(schedules().decide(List.of(decided(again, waiting(again))))).isZero();

    assertThat(schedules().runs(due.id(), null, 10)).containsExactly(first);
    assertThat(found(due).next()).isAfter(now());
  }

  @Test
  void many_decisions_are_noted_at_once_with_and_without_a_next_moment() {
    List<Schedule> due = Stream.generate(() -> added(justNow())).limit(5).toList();
    List<Decision> decisions =
        due.stream().map(one -> new Decision(waiting(one), one.revision(), null)).toList();

    assertThat(schedules().decide(decisions)).isEqualTo(5);
    assertThat(due).allSatisfy(one -> assertThat(found(one).next()).isNull());
    assertThat(schedules().takeWaiting(10, PUT_OFF)).hasSize(5);
  }

  @Test
  void a_run_that_waits_is_taken_by_one_until_it_is_submitted() {
    Schedule due = added(justNow());
    ScheduleRun run = waiting(due);
    schedules().decide(List.of(decided(due, run)));

    assertThat(schedules().takeWaiting(10, PUT_OFF))
        .singleElement()
        .satisfies(taken -> {
          assertThat(taken.run()).isEqualTo(run);
          assertThat(taken.schedule().task()).isEqualTo(due.task());
        });
    assertThat(schedules().takeWaiting(10, PUT_OFF)).isEmpty();
    store().timePasses(PUT_OFF);
    ScheduleRun late = schedules().takeWaiting(10, PUT_OFF).getFirst().run();
    schedules().submitted(List.of(submitted(late)));
    store().timePasses(PUT_OFF);

    assertThat(schedules().takeWaiting(10, PUT_OFF)).isEmpty();
    assertThat(schedules().runs(due.id(), null, 10))
        .singleElement()
        .satisfies(done -> {
          assertThat(done.status()).isEqualTo(Status.SUBMITTED);
          assertThat(done.task()).isEqualTo(run.task());
        });
  }

  @Test
  void runs_come_latest_first_and_page_by_page() {
    Schedule schedule = added(inAnHour());
    Instant moment = Objects.requireNonNull(schedule.next());
    ScheduleRun due = waiting(schedule);
    schedules().decide(List.of(decided(schedule, due)));
    ScheduleRun triggered = triggered(schedule, moment);
    ScheduleRun earlier = triggered(schedule, moment.minusSeconds(1));
    assertThat(schedules().trigger(triggered, PUT_OFF)).isTrue();
    assertThat(schedules().trigger(earlier, PUT_OFF)).isTrue();

    assertThat(schedules().runs(schedule.id(), null, 10)).containsExactly(triggered, due, earlier);
    assertThat(schedules().runs(schedule.id(), null, 1)).containsExactly(triggered);
    assertThat(schedules().runs(schedule.id(), triggered, 1)).containsExactly(due);
    assertThat(schedules().runs(schedule.id(), due, 9)).containsExactly(earlier);
    assertThat(schedules().trigger(triggered, PUT_OFF)).isFalse();
  }

  @Test
  void nothing_is_triggered_of_a_schedule_that_is_not_there() {
    Schedule gone = ScheduleDrafts.daily("ada", now(), inAnHour());

    assertThat(schedules().trigger(triggered(gone, now()), PUT_OFF)).isFalse();
  }

  @Test
  void skipped_runs_are_not_among_the_started_ones() {
    Schedule schedule = added(justNow());
    schedules().decide(List.of(decided(schedule, skipped(schedule))));
    ScheduleRun started = triggered(schedule, now());
    schedules().trigger(started, PUT_OFF);

    assertThat(schedules().startedRuns(schedule.id(), 10)).containsExactly(started);
    assertThat(schedules().runs(schedule.id(), null, 10)).hasSize(2);
  }

  @Test
  void due_runs_that_wait_are_skipped_when_that_is_asked_for_and_triggered_ones_are_not() {
    Schedule schedule = added(justNow());
    ScheduleRun due = waiting(schedule);
    schedules().decide(List.of(decided(schedule, due)));
    ScheduleRun triggered = triggered(schedule, now());
    schedules().trigger(triggered, PUT_OFF);

    schedules().skipWaiting(schedule.id(), "paused");

    assertThat(schedules().runs(schedule.id(), null, 10))
        .extracting(ScheduleRun::status, ScheduleRun::note)
        .containsExactly(tuple(Status.WAITING, null), tuple(Status.SKIPPED, "paused"));
    // Who had taken it before may have submitted it.
    schedules().submitted(List.of(submitted(due)));
    assertThat(schedules().startedRuns(schedule.id(), 10))
        .extracting(ScheduleRun::task)
        .contains(due.task());
  }

  @Test
  void it_is_known_how_long_there_is_nothing_to_do() {
    assertThat(schedules().untilNext()).isEmpty();
    added(null);
    assertThat(schedules().untilNext()).isEmpty();

    Schedule schedule = added(inAnHour());
    assertThat(schedules().untilNext().orElseThrow())
        .isBetween(Duration.ofHours(1).minus(store().precision()), Duration.ofHours(1));

    schedules().decide(List.of(decided(schedule, waiting(schedule))));
    assertThat(schedules().untilNext().orElseThrow().isPositive()).isFalse();
    schedules().takeWaiting(10, PUT_OFF);
    assertThat(schedules().untilNext().orElseThrow())
        .isBetween(PUT_OFF.minus(store().precision()), PUT_OFF);
  }

  @Test
  void old_runs_are_forgotten_unless_they_wait() {
    Schedule schedule = added(justNow());
    schedules().decide(List.of(decided(schedule, skipped(schedule))));
    schedules().trigger(triggered(schedule, now()), PUT_OFF);
    store().timePasses(Duration.ofDays(2));
    ScheduleRun recent = submitted(triggered(schedule, now()));
    schedules().trigger(recent, PUT_OFF);
    schedules().submitted(List.of(recent));

    assertThat(schedules().forgetRuns(Duration.ofDays(1))).isEqualTo(1);
    assertThat(schedules().runs(schedule.id(), null, 10))
        .extracting(ScheduleRun::status)
        .containsExactly(Status.SUBMITTED, Status.WAITING);
  }

  @Test
  void of_eight_nodes_that_take_and_decide_at_once_one_gets_each_schedule() throws Exception {
    List<Schedule> due = Stream.generate(() -> added(justNow())).limit(40).toList();
    Callable<Integer> node =
        () -> {
          int counted = 0;
          for (List<Schedule> taken = schedules().takeDue(3, PUT_OFF);
              !taken.isEmpty();
              taken = schedules().takeDue(3, PUT_OFF)) {
            counted +=
                schedules().decide(taken.stream().map(one -> decided(one, waiting(one))).toList());
          }
          return counted;
        };

    List<Integer> counts = Race.between(Collections.nCopies(8, node));

    // Those whose row was just being looked at by somebody else may be left.
    int left = node.call();
    assertThat(counts.stream().mapToInt(Integer::intValue).sum() + left).isEqualTo(40);
    assertThat(due).allSatisfy(one -> assertThat(schedules().runs(one.id(), null, 10)).hasSize(1));
  }

  private ScheduleStore schedules() {
    return store().schedules();
  }

  private Instant now() {
    return schedules().now();
  }

  private Instant inAnHour() {
    return now().plus(Duration.ofHours(1));
  }

  private Instant justNow() {
    return now().minusSeconds(1);
  }

  private Schedule added(@Nullable Instant next) {
    Schedule schedule = ScheduleDrafts.daily("ada", now(), next);
    schedules().add(schedule);
    return schedule;
  }

  private Schedule found(Schedule schedule) {
    return schedules().find(schedule.id()).orElseThrow();
  }

  private Decision decided(Schedule schedule, ScheduleRun run) {
    return new Decision(run, schedule.revision(), inAnHour());
  }

  private static ScheduleRun waiting(Schedule due) {
    return new ScheduleRun(
        due.id(),
        Objects.requireNonNull(due.next()),
        false,
        Status.WAITING,
        TaskId.next(),
        "a note");
  }

  private static ScheduleRun skipped(Schedule due) {
    return new ScheduleRun(
        due.id(), Objects.requireNonNull(due.next()), false, Status.SKIPPED, null, "why");
  }

  private static ScheduleRun triggered(Schedule schedule, Instant moment) {
    return new ScheduleRun(schedule.id(), moment, true, Status.WAITING, TaskId.next(), null);
  }

  private static ScheduleRun submitted(ScheduleRun run) {
    return new ScheduleRun(
        run.schedule(), run.moment(), run.triggered(), Status.SUBMITTED, run.task(), run.note());
  }
}
