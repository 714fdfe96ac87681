package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.schedule.Firing;
import dev.errand.engine.schedule.Misfire;
import dev.errand.engine.schedule.Overlap;
import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleDraft;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.schedule.ScheduleRun.Status;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.schedule.Schedules;
import dev.errand.engine.schedule.Timing;
import dev.errand.engine.signal.LocalSignals;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.Submission;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.task.Tasks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What schedules do as time passes, over every store: each due moment fires once, whoever dies
/// when.
public abstract class SchedulingContract extends StoreContract {
  private static final Caller ADA = new Caller("ada", Caller.Role.USER);
  private static final Caller BOB = new Caller("bob", Caller.Role.USER);
  private static final Caller ROOT = new Caller("root", Caller.Role.ADMIN);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PUT_OFF = Duration.ofSeconds(3);

  // --- firing

  @Test
  void a_due_moment_becomes_one_task_as_the_schedule_says() {
    Schedule schedule = created(Overlap.SKIP, Misfire.ONCE);
    becomesDue(schedule);

    fireAll();
    fireAll();

    ScheduleRun run = onlyRun(schedule);
    assertThat(run.status()).isEqualTo(Status.SUBMITTED);
    Task task = onlyTask();
    assertThat(task.id()).isEqualTo(run.task());
    assertThat(task.owner()).isEqualTo("ada");
    assertThat(task.type()).isEqualTo("echo");
    assertThat(task.params()).isEqualTo("{\"msg\":\"hello\"}");
    assertThat(task.queue()).isEqualTo("night");
    assertThat(task.tags()).containsExactly("tag");
    assertThat(task.maxRetries()).isEqualTo(2);
    assertThat(found(schedule).lastRun()).isEqualTo(run);
    assertThat(found(schedule).next()).isAfter(now());
  }

  @Test
  void nothing_fires_before_it_is_due() {
    created(Overlap.ALLOW, Misfire.ONCE);

    fireAll();

    assertThat(tasks()).isEmpty();
  }

  // --- overlap

  @Test
  void a_moment_is_skipped_while_the_former_task_is_open() {
    Schedule schedule = created(Overlap.SKIP, Misfire.ONCE);
    fired(schedule);
    fired(schedule);

    assertThat(statuses(schedule)).containsExactly(Status.SKIPPED, Status.SUBMITTED);
    assertThat(latestRun(schedule).note()).contains("still open");

    endTask(onlyTask().id());
    fired(schedule);
    assertThat(statuses(schedule))
        .containsExactly(Status.SUBMITTED, Status.SKIPPED, Status.SUBMITTED);
  }

  @Test
  void one_moment_waits_for_the_former_task_and_the_next_are_skipped() {
    Schedule schedule = created(Overlap.QUEUE, Misfire.ONCE);
    fired(schedule);
    fired(schedule);
    fired(schedule);
    assertThat(statuses(schedule))
        .containsExactly(Status.SKIPPED, Status.WAITING, Status.SUBMITTED);
    TaskId first = onlyTask().id();

    endTask(first);
    store().timePasses(PUT_OFF);
    fireAll();

    assertThat(statuses(schedule))
        .containsExactly(Status.SKIPPED, Status.SUBMITTED, Status.SUBMITTED);
    assertThat(tasks()).hasSize(2);
  }

  @Test
  void tasks_may_run_beside_each_other_where_that_is_allowed() {
    Schedule schedule = created(Overlap.ALLOW, Misfire.ONCE);
    fired(schedule);
    fired(schedule);

    assertThat(statuses(schedule)).containsExactly(Status.SUBMITTED, Status.SUBMITTED);
    assertThat(tasks()).hasSize(2);
  }

  // --- misfire

  @Test
  void of_many_missed_moments_one_is_made_up_for() {
    Schedule schedule = created(Overlap.ALLOW, Misfire.ONCE);
    store().timePasses(DAY.multipliedBy(400));

    fireAll();

    assertThat(statuses(schedule)).containsExactly(Status.SUBMITTED);
    assertThat(onlyRun(schedule).note()).contains("missed");
    assertThat(onlyRun(schedule).moment()).isBetween(now().minus(DAY), now());
    assertThat(found(schedule).next()).isAfter(now());
  }

  @Test
  void missed_moments_are_left_out_where_that_is_wanted() {
    Schedule schedule = created(Overlap.ALLOW, Misfire.SKIP);
    store().timePasses(DAY.multipliedBy(400));

    fireAll();

    assertThat(statuses(schedule)).containsExactly(Status.SKIPPED);
    assertThat(tasks()).isEmpty();
    assertThat(found(schedule).next()).isAfter(now());
  }

  @Test
  void a_moment_of_just_now_was_not_missed() {
    Schedule schedule = created(Overlap.ALLOW, Misfire.SKIP);
    becomesDue(schedule);

    fireAll();

    assertThat(statuses(schedule)).containsExactly(Status.SUBMITTED);
  }

  @Test
  void a_year_of_missed_seconds_is_over_at_once() {
    Schedule once = created("* * * * * *", Overlap.ALLOW, Misfire.ONCE);
    store().timePasses(DAY.multipliedBy(365));

    new Firing(schedules(), store().tasks(), new LocalSignals()).fire();

    assertThat(onlyRun(once).moment()).isAfter(now().minusSeconds(10));
    assertThat(tasks()).hasSize(1);
  }

  // --- pausing

  @Test
  void what_was_due_during_a_pause_is_not_made_up_for() {
    Schedule schedule = created(Overlap.ALLOW, Misfire.ONCE);
    door().pause(ADA, schedule.id());
    assertThat(found(schedule).nextMoments(5)).isEmpty();
    store().timePasses(DAY.multipliedBy(3));
    fireAll();
    assertThat(tasks()).isEmpty();

    door().resume(ADA, schedule.id());
    fireAll();

    assertThat(tasks()).isEmpty();
    assertThat(found(schedule).next()).isBetween(now(), now().plus(DAY));
    fired(schedule);
    assertThat(tasks()).hasSize(1);
  }

  @Test
  void to_pause_or_resume_twice_changes_nothing() {
    Schedule schedule = created(Overlap.ALLOW, Misfire.ONCE);

    assertThat(door().resume(ADA, schedule.id())).isEqualTo(schedule);
    Schedule paused = door().pause(ADA, schedule.id());
    assertThat(door().pause(ADA, schedule.id())).isEqualTo(paused);
  }

  @Test
  void a_pause_drops_the_run_that_waits() {
    Schedule schedule = created(Overlap.QUEUE, Misfire.ONCE);
    fired(schedule);
    fired(schedule);

    door().pause(ADA, schedule.id());
    endTask(onlyTask().id());
    store().timePasses(PUT_OFF);
    fireAll();

    assertThat(statuses(schedule)).containsExactly(Status.SKIPPED, Status.SUBMITTED);
    assertThat(tasks()).hasSize(1);
  }

  @Test
  void a_paused_schedule_can_be_triggered_beside_its_rhythm() {
    Schedule schedule = created(Overlap.SKIP, Misfire.ONCE);
    door().pause(ADA, schedule.id());

    ScheduleRun run = door().trigger(ADA, schedule.id());
    ScheduleRun second = door().trigger(ADA, schedule.id());

    assertThat(run.triggered()).isTrue();
    assertThat(tasks()).extracting(Task::id).containsExactlyInAnyOrder(run.task(), second.task());
    assertThat(statuses(schedule)).containsExactly(Status.SUBMITTED, Status.SUBMITTED);
    assertThat(found(schedule).next()).isNull();
  }

  // --- whose it is, and what it becomes

  @Test
  void somebody_elses_schedule_is_one_that_does_not_exist() {
    Schedule schedule = created(Overlap.SKIP, Misfire.ONCE);

    assertNotFound(() -> door().find(BOB, schedule.id()));
    assertNotFound(() -> door().pause(BOB, schedule.id()));
    assertNotFound(() -> door().resume(BOB, schedule.id()));
    assertNotFound(() -> door().trigger(BOB, schedule.id()));
    assertNotFound(() -> door().runs(BOB, schedule.id(), null, 1));
    assertNotFound(() -> door().change(BOB, schedule.id(), draft("@daily")));
    assertNotFound(() -> {
      door().delete(BOB, schedule.id());
      return true;
    });
    assertNotFound(() -> door().find(ADA, ScheduleId.next()));
    assertThat(door().list(BOB, "bob", null, 10)).isEmpty();
    assertThatThrownBy(() -> door().list(BOB, "ada", null, 10)).isInstanceOf(Problem.Refused.class);
    assertThat(door().find(ROOT, schedule.id())).isEqualTo(schedule);
    assertThat(door().list(ROOT, null, null, 10)).containsExactly(schedule);
  }

  @Test
  void a_changed_rhythm_counts_from_now_and_another_name_leaves_the_next_moment() {
    Schedule schedule = created(Overlap.SKIP, Misfire.ONCE);

    Schedule hourly = door().change(ADA, schedule.id(), draft("@hourly"));
    assertThat(hourly.next()).isBetween(now(), now().plus(Duration.ofHours(1)));
    Schedule same = door().change(ADA, schedule.id(), draft("@hourly"));

    assertThat(same.next()).isEqualTo(hourly.next());
    assertThat(same.paused()).isFalse();
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    ScheduleDraft wrong =
        new ScheduleDraft(
            " ",
            new Timing("0 0 30 2 *", "Europe/Atlantis", Overlap.SKIP, Misfire.ONCE),
            submission("dance"),
            null);

    assertThatThrownBy(() -> door().create(ADA, wrong))
        .isInstanceOfSatisfying(
            Problem.Refused.class,
            refused ->
                assertThat(refused.problem())
                    .isInstanceOfSatisfying(
                        Problem.InvalidSchedule.class,
                        problem ->
                            assertThat(problem.violations())
                                .extracting(violation -> violation.pointer())
                                .containsExactly("/cron", "/time_zone", "/name", "/type")));
  }

  @Test
  void a_deleted_schedule_fires_no_more() {
    Schedule schedule = created(Overlap.ALLOW, Misfire.ONCE);
    becomesDue(schedule);

    door().delete(ADA, schedule.id());
    fireAll();

    assertThat(tasks()).isEmpty();
  }

  // --- dying

  @Test
  void a_node_that_dies_before_it_submits_loses_nothing() {
    assertFiresOnceDespite("submit", false);
  }

  @Test
  void a_node_that_dies_after_it_submitted_doubles_nothing() {
    assertFiresOnceDespite("submit", true);
  }

  @Test
  void a_node_that_dies_before_it_decided_loses_nothing() {
    assertFiresOnceDespite("decide", false);
  }

  @Test
  void a_node_that_dies_after_it_decided_loses_nothing() {
    assertFiresOnceDespite("decide", true);
  }

  @Test
  void a_node_that_dies_before_it_recorded_the_submission_doubles_nothing() {
    assertFiresOnceDespite("submitted", false);
  }

  private void assertFiresOnceDespite(String method, boolean done) {
    Schedule schedule = created(Overlap.SKIP, Misfire.ONCE);
    becomesDue(schedule);
    Dying dying = new Dying(method, done, new Random(0), 1.0);
    Firing dies =
        new Firing(
            dying.around(ScheduleStore.class, schedules()),
            dying.around(TaskStore.class, store().tasks()),
            new LocalSignals());

    assertThatThrownBy(dies::fire).isInstanceOf(StoreUnavailable.class);
    store().timePasses(PUT_OFF);
    fireAll();
    store().timePasses(PUT_OFF);
    fireAll();

    assertThat(onlyRun(schedule).status()).isEqualTo(Status.SUBMITTED);
    assertThat(onlyTask().id()).isEqualTo(onlyRun(schedule).task());
  }

  @Test
  void eight_nodes_that_die_all_the_time_fire_each_moment_once() throws Exception {
    int days = 4;
    List<Schedule> all =
        Stream.generate(() -> created(Overlap.ALLOW, Misfire.ONCE)).limit(25).toList();
    for (int day = 1; day <= days; day++) {
      store().timePasses(DAY);
      for (int life = 0; life < 3; life++) {
        Race.between(
            IntStream.range(0, 8).mapToObj(node -> node(new Random(node * 31L + 7))).toList());
        store().timePasses(PUT_OFF);
      }
      fireAll();
    }

    assertThat(tasks()).hasSize(all.size() * days);
    assertThat(all)
        .allSatisfy(one -> {
          List<ScheduleRun> runs = schedules().runs(one.id(), null, 100);
          assertThat(runs).hasSize(days).extracting(ScheduleRun::moment).doesNotHaveDuplicates();
          assertThat(runs).extracting(ScheduleRun::status).containsOnly(Status.SUBMITTED);
        });
    assertThat(new HashSet<>(tasks().stream().map(Task::id).toList()))
        .isEqualTo(
            new HashSet<>(
                all.stream()
                    .flatMap(one -> schedules().runs(one.id(), null, 100).stream())
                    .map(ScheduleRun::task)
                    .toList()));
  }

  /// Fires until it dies, in one call of five before or after it took effect, or all is done.
  private Callable<Boolean> node(Random random) {
    Dying dying = new Dying("", random.nextBoolean(), random, 0.2);
    Firing firing =
        new Firing(
            dying.around(ScheduleStore.class, schedules()),
            dying.around(TaskStore.class, store().tasks()),
            new LocalSignals());
    return () -> {
      try {
        for (int idle = 0; idle < 3; ) {
          idle = firing.fire() ? 0 : idle + 1;
        }
        return true;
      } catch (StoreUnavailable _) {
        return false;
      }
    };
  }

  /// Breaks calls of a store, as a node does that is killed.
  ///
  /// @param method whose calls, empty for those of any
  /// @param done whether the call takes effect before
  private record Dying(String method, boolean done, Random random, double probability) {

    <T> T around(Class<T> type, T store) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (_, called, arguments) -> {
                boolean dies =
                    (method.isEmpty() || method.equals(called.getName()))
                        && random.nextDouble() < probability;
                if (dies && !done) {
                  throw killed();
                }
                try {
                  Object answer = called.invoke(store, arguments);
                  if (dies) {
                    throw killed();
                  }
                  return answer;
                } catch (InvocationTargetException e) {
                  throw Objects.requireNonNull(e.getCause());
                }
              }));
    }

    private static StoreUnavailable killed() {
      return new StoreUnavailable("killed", new IllegalStateException("by a test's wish"));
    }
  }

  // --- words for what most tests have to do

  private ScheduleStore schedules() {
    return store().schedules();
  }

  private Schedules door() {
    Tasks tasks =
        new Tasks(
            store().tasks(),
            new Handlers(List.of(new Echo())),
            new NoJson(),
            Limits.DEFAULTS,
            new LocalSignals());
    return new Schedules(
        schedules(), tasks, new Firing(schedules(), store().tasks(), new LocalSignals()));
  }

  /// A schedule that is due twelve hours from now, and then every day.
  private Schedule created(Overlap overlap, Misfire misfire) {
    int hour = (now().atOffset(ZoneOffset.UTC).getHour() + 12) % 24;
    return created("0 %d * * *".formatted(hour), overlap, misfire);
  }

  private Schedule created(String cron, Overlap overlap, Misfire misfire) {
    return door()
        .create(
            ADA,
            new ScheduleDraft(
                null, new Timing(cron, "UTC", overlap, misfire), submission("echo"), null));
  }

  private static ScheduleDraft draft(String cron) {
    return new ScheduleDraft(
        "renamed", new Timing(cron, "UTC", Overlap.SKIP, Misfire.ONCE), submission("echo"), null);
  }

  private static Submission submission(String type) {
    return new Submission(
        type,
        "{\"msg\":\"hello\"}",
        null,
        2,
        null,
        new Due.Now(),
        "night",
        null,
        null,
        Allowance.UNLIMITED,
        List.of("tag"),
        null,
        "4bf92f3577b34da6a3ce929d0e0e4736",
        null);
  }

  private Instant now() {
    return schedules().now();
  }

  private void becomesDue(Schedule schedule) {
    Instant next = Objects.requireNonNull(found(schedule).next());
    store().timePasses(Duration.between(now(), next).plusMillis(1));
  }

  private void fired(Schedule schedule) {
    becomesDue(schedule);
    fireAll();
  }

  /// Fires until nothing is left to do now.
  private void fireAll() {
    Firing firing = new Firing(schedules(), store().tasks(), new LocalSignals());
    for (int i = 0; i < 1_000; i++) {
      if (!firing.fire()) {
        return;
      }
    }
    throw new AssertionError("There is no end to it");
  }

  private Schedule found(Schedule schedule) {
    return schedules().find(schedule.id()).orElseThrow();
  }

  private List<ScheduleRun> runs(Schedule schedule) {
    return schedules().runs(schedule.id(), null, 100);
  }

  private ScheduleRun latestRun(Schedule schedule) {
    return runs(schedule).getFirst();
  }

  private ScheduleRun onlyRun(Schedule schedule) {
    assertThat(runs(schedule)).hasSize(1);
    return latestRun(schedule);
  }

  private List<Status> statuses(Schedule schedule) {
    return runs(schedule).stream().map(ScheduleRun::status).toList();
  }

  private List<Task> tasks() {
    return new ArrayList<>(
        store().tasks().list(new TaskFilter(null, null, null, null, null, null, 1_000)));
  }

  private Task onlyTask() {
    assertThat(tasks()).hasSize(1);
    return tasks().getFirst();
  }

  private void endTask(TaskId task) {
    assertThat(end(claimed(worker("echo"), task), new Outcome.Completed("{}"))).isTrue();
  }

  private static void assertNotFound(Callable<?> call) {
    assertThatThrownBy(call::call)
        .isInstanceOfSatisfying(
            Problem.Refused.class,
            refused -> assertThat(refused.problem()).isInstanceOf(Problem.NotFound.class));
  }

  private record Echo() implements Handler<NewTask.Due> {
    @Override
    public String type() {
      return "echo";
    }

    @Override
    public Class<NewTask.Due> paramsType() {
      return NewTask.Due.class;
    }

    @Override
    public Object handle(NewTask.Due params, Attempt attempt) {
      return params;
    }
  }

  /// Takes any params for one and the same value.
  private record NoJson() implements Json {
    @Override
    public <T> T read(String json, Class<T> type) {
      return type.cast(new Due.Now());
    }

    @Override
    public String write(Object value) {
      return String.valueOf(value);
    }
  }
}
