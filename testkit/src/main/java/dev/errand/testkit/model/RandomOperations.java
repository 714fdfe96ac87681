package dev.errand.testkit.model;

import dev.errand.testkit.contract.TaskDraft;
import dev.errand.testkit.model.Operation.LeaseRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Makes up operations: mostly sensible ones on tasks that are in play, some that must be refused.
///
/// All times are multiples of half an hour: a run that takes seconds on a store with the world's
/// clock then never comes close to a moment at which something changes by itself.
final class RandomOperations {
  private static final int WORKERS = 4;
  private static final int COMPARE_EVERY = 100;
  private static final int SCHEDULES = 4;

  /// In so many of a hundred operations the store's process dies.
  private static final int CRASHES = 2;

  private static final int CRASHES_IN_HOLDS = 20;

  private final Dice dice;
  private final RandomValues values;
  private final World world;
  private final List<Choice> choices = new ArrayList<>();
  private final Deque<Operation> planned = new ArrayDeque<>();
  private List<Operation.Submission> repeatable = List.of();
  private int made;
  private int tasks;
  private int artifacts;
  private int batches;
  private int reservations;
  private int schedules;

  RandomOperations(long seed, World world) {
    this.dice = new Dice(seed);
    this.values = new RandomValues(dice);
    this.world = world;
    for (int worker = 0; worker < WORKERS; worker++) {
      planned.add(open(worker));
    }
    fillChoices();
  }

  private void fillChoices() {
    choice(60, this::submit);
    choice(5, () -> new Operation.Submit(repeatable, null));
    choice(8, this::submitBatch);
    choice(6, () -> new Operation.FindBatch(dice.below(batches + 1)));
    choice(
        8,
        () ->
            new Operation.ListDeadLetters(
                dice.percent(50) ? values.owner() : null,
                dice.percent(30) ? values.type() : null,
                dice.percent(40) ? someTask() : null,
                dice.oneOf(1, 10, 200)));
    choice(8, this::retryFailed);
    choice(25, () -> new Operation.LookAhead(someTask()));
    choice(8, this::takeRate);
    choice(35, () -> new Operation.Reserve(someLease(), reservations++, values.spending()));
    choice(30, () -> new Operation.Settle(dice.below(reservations + 1), values.spending()));
    choice(5, Operation.SettleAbandoned::new);
    choice(6, () -> new Operation.SeeSpending(someTask(), values.owner()));
    choice(4, this::addSchedule);
    choice(
        10,
        () ->
            new Operation.ChangeSchedule(
                schedule(), dice.percent(50) ? values.timing() : null, dice.percent(20)));
    choice(2, () -> new Operation.DeleteSchedule(schedule()));
    choice(2, () -> new Operation.Trigger(schedule(), new TaskRef(tasks++)));
    choice(16, Operation.Fire::new);
    choice(6, Operation.Workers::new);
    choice(1, () -> new Operation.Prune(values.retention()));
    choice(50, () -> new Operation.TakeHold(worker(), dice.below(9)));
    choice(40, () -> new Operation.SettleHold(worker()));
    choice(8, () -> new Operation.DropHold(worker()));
    choice(6, () -> new Operation.Cut(worker()));
    choice(35, () -> new Operation.Cancel(someTask()));
    choice(50, () -> new Operation.Retry(someTask()));
    choice(20, () -> new Operation.Find(someTask()));
    choice(25, () -> values.list(someTask()));
    choice(20, () -> new Operation.ReadEvents(someTask(), dice.below(12), 1 + dice.below(8)));
    choice(15, () -> new Operation.ReadLog(someTask(), dice.below(6), 1 + dice.below(4)));
    choice(15, () -> new Operation.AddArtifact(someTask(), values.artifact(artifacts++)));
    choice(10, () -> new Operation.FindArtifact(dice.below(artifacts + 1)));
    choice(12, () -> open(worker()));
    choice(6, () -> new Operation.Close(worker()));
    choice(110, () -> new Operation.Claim(worker(), dice.below(7)));
    choice(60, () -> new Operation.Serve(worker(), dice.below(9)));
    choice(4, () -> new Operation.Pause(values.queue()));
    choice(10, () -> new Operation.Resume(values.queue()));
    choice(6, () -> new Operation.LimitQueue(values.queue(), values.limit()));
    choice(8, Operation.Queues::new);
    choice(30, () -> new Operation.Heartbeat(worker()));
    choice(20, () -> new Operation.CancelRequests(worker()));
    choice(110, () -> new Operation.Append(someLease(), values.events()));
    choice(40, () -> new Operation.WriteLog(someLease(), values.lines()));
    choice(60, () -> new Operation.FinishStep(someLease(), values.step(), values.json()));
    choice(40, () -> new Operation.PutArtifact(someLease(), values.artifact(artifacts++)));
    choice(240, () -> new Operation.End(someLease(), values.outcome()));
    choice(40, Operation.Rescue::new);
    choice(9, () -> new Operation.TimePasses(values.jump()));
    choice(1, this::planManyLosses);
    choice(2, this::planSilence);
  }

  private void choice(int weight, Supplier<Operation> operation) {
    choices.add(new Choice(weight, operation));
  }

  Operation next() {
    made++;
    if (made % COMPARE_EVERY == 0) {
      return compare(5);
    }
    Operation next = dice.percent(80) ? planned.poll() : null;
    return next == null ? chosen() : next;
  }

  /// What changed lately and some other tasks.
  Operation compare(int older) {
    Set<TaskRef> sample = new LinkedHashSet<>(world.changedLately());
    for (int i = 0; i < older && tasks > 0; i++) {
      sample.add(new TaskRef(dice.below(tasks)));
    }
    return new Operation.Compare(List.copyOf(sample));
  }

  private Operation chosen() {
    int left = dice.below(choices.stream().mapToInt(Choice::weight).sum());
    for (Choice choice : choices) {
      left -= choice.weight();
      if (left < 0) {
        return perhapsCrashing(choice.operation().get());
      }
    }
    throw new IllegalStateException("The weights do not add up");
  }

  /// The settling of a hold is a transaction of three statements; most others are one.
  private Operation perhapsCrashing(Operation operation) {
    if (operation instanceof Operation.SettleHold && dice.percent(CRASHES_IN_HOLDS)) {
      return new Operation.Crash(operation, 1 + dice.below(3), dice.percent(50));
    }
    return operation.repeatable() && dice.percent(CRASHES)
        ? new Operation.Crash(operation, 1 + dice.below(4) * dice.below(2), dice.percent(50))
        : operation;
  }

  private Operation submitBatch() {
    int size = dice.percent(10) ? 60 : 1 + dice.below(8);
    List<Operation.Submission> submissions = new ArrayList<>();
    for (TaskDraft draft : values.batch(size)) {
      submissions.add(new Operation.Submission(new TaskRef(tasks++), draft));
    }
    return new Operation.Submit(submissions, batches++);
  }

  private Operation retryFailed() {
    Set<TaskRef> some = new LinkedHashSet<>();
    for (int i = 0; i < 6; i++) {
      some.add(someTask());
    }
    return new Operation.RetryFailed(List.copyOf(some), dice.percent(50) ? values.owner() : null);
  }

  private Operation takeRate() {
    int need = 1 + dice.below(3);
    return new Operation.TakeRate(values.owner(), need, need + dice.below(8));
  }

  private Operation addSchedule() {
    return new Operation.AddSchedule(
        schedules++ % SCHEDULES, values.owner(), values.timing(), values.template());
  }

  private int schedule() {
    return dice.below(SCHEDULES);
  }

  private Operation submit() {
    int count = dice.percent(2) ? 30 : dice.few(4);
    List<Operation.Submission> submissions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      submissions.add(new Operation.Submission(new TaskRef(tasks++), values.draft()));
    }
    if (submissions.stream().allMatch(one -> one.draft().task().idempotency() == null)) {
      repeatable = submissions;
    }
    // Ids are made in the order of the numbers as they are first named, so this mixes them.
    return new Operation.Submit(dice.percent(50) ? submissions : submissions.reversed(), null);
  }

  private Operation open(int worker) {
    return new Operation.Open(worker, values.types(), values.leaseTime());
  }

  private int worker() {
    return dice.below(WORKERS);
  }

  /// Mostly one to which something happened lately; now and then one that nobody has submitted yet.
  private TaskRef someTask() {
    List<TaskRef> choice =
        switch (dice.below(10)) {
          case 0, 1, 2 -> world.running();
          case 3, 4, 5, 6 -> world.changedLately();
          default -> List.of();
        };
    return choice.isEmpty() ? new TaskRef(dice.below(tasks + 3)) : dice.oneOf(choice);
  }

  /// Mostly one that holds.
  private LeaseRef someLease() {
    List<TaskRef> running = world.running();
    if (!running.isEmpty() && dice.percent(85)) {
      return new LeaseRef(dice.oneOf(running), dice.percent(95) ? 0 : 1);
    }
    return new LeaseRef(someTask(), dice.below(3));
  }

  /// Some tasks that lose one worker after the other until they have lost too many.
  private Operation planManyLosses() {
    int worker = WORKERS;
    for (int loss = 0; loss < 12; loss++) {
      planned.add(new Operation.Open(worker, List.of(RandomValues.CURSED), Duration.ofHours(2)));
      planned.add(new Operation.Claim(worker, 100));
      planned.add(new Operation.Close(worker));
      planned.add(new Operation.Rescue());
    }
    planned.add(new Operation.Retry(new TaskRef(tasks)));
    List<Operation.Submission> submissions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      submissions.add(new Operation.Submission(new TaskRef(tasks++), values.cursed()));
    }
    return new Operation.Submit(submissions, null);
  }

  /// Some workers fall silent while others go on.
  private Operation planSilence() {
    planned.add(new Operation.TimePasses(Duration.ofMinutes(30)));
    planned.add(new Operation.Heartbeat(worker()));
    planned.add(new Operation.Heartbeat(worker()));
    planned.add(new Operation.TimePasses(Duration.ofMinutes(30)));
    planned.add(new Operation.Rescue());
    for (int worker = 0; worker < WORKERS; worker++) {
      planned.add(new Operation.Heartbeat(worker));
      planned.add(new Operation.Claim(worker, 2));
    }
    planned.add(open(worker()));
    return new Operation.Claim(worker(), 4);
  }

  private record Choice(int weight, Supplier<Operation> operation) {}
}
