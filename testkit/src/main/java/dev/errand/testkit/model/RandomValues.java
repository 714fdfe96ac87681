package dev.errand.testkit.model;

import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Spending;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.schedule.Misfire;
import dev.errand.engine.schedule.Overlap;
import dev.errand.engine.schedule.TaskTemplate;
import dev.errand.engine.schedule.Timing;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.Priority;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskStatus;
import dev.errand.testkit.contract.TaskDraft;
import dev.errand.testkit.model.Operation.ArtifactDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Makes up what operations carry, from small sets, so that things meet.
final class RandomValues {
  static final String CURSED = "cursed";

  private static final List<String> TYPES = List.of("echo", "sleep", "fetch");
  private static final List<String> OWNERS = List.of("ada", "grace");
  private static final List<String> TAGS = List.of("red", "blue", "green");
  private static final List<String> STEPS = List.of("plan", "fetch", "write");
  private static final List<String> WORDS = List.of("Alpha", "beta_x", "100%", "naïve", "日本");

  private final Dice dice;

  RandomValues(Dice dice) {
    this.dice = dice;
  }

  TaskDraft draft() {
    TaskDraft draft =
        TaskDraft.of(dice.oneOf(TYPES))
            .owner(dice.oneOf(OWNERS))
            .params("{\"text\":\"%s\",\"n\":%d}".formatted(dice.oneOf(WORDS), dice.below(9)))
            .priority(dice.oneOf(Priority.values()))
            .due(due())
            .tags(dice.someOf(TAGS, 30).toArray(String[]::new));
    if (dice.percent(15)) {
      draft = draft.queue(queue());
    }
    if (dice.percent(15)) {
      draft = draft.concurrencyKey(dice.oneOf("site", "account"));
    }
    return dice.percent(20) ? draft.key(key(), dice.percent(85) ? "one" : "other") : draft;
  }

  String queue() {
    return dice.oneOf("night", "narrow");
  }

  Limit limit() {
    return new Limit(dice.percent(50) ? null : 1 + dice.below(4), 1 + dice.below(3));
  }

  TaskDraft cursed() {
    return TaskDraft.of(CURSED).owner(dice.oneOf(OWNERS));
  }

  private String key() {
    return "key " + dice.below(40);
  }

  /// A moment lies between the half hours: the store reads its clock a little later than the
  /// caller, so it must never decide which of two tasks comes first.
  private Due due() {
    return switch (dice.below(10)) {
      case 0 -> new Due.After(Duration.ZERO);
      case 1 -> new Due.After(halfHours(1 + dice.below(6)));
      case 2 -> new Due.At(Instant.EPOCH.plus(halfHours(dice.below(8) - 4)).plusSeconds(900));
      default -> new Due.Now();
    };
  }

  private static Duration halfHours(int count) {
    return Duration.ofMinutes(30L * count);
  }

  Duration jump() {
    return halfHours(dice.oneOf(1, 1, 1, 2, 6, 24, 48, -1, -2, -5));
  }

  /// A batch is one owner's, and its key is its first task's.
  List<TaskDraft> batch(int count) {
    String owner = owner();
    List<TaskDraft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TaskDraft draft = draft().owner(owner);
      drafts.add(i == 0 ? draft : draft.withoutKey());
    }
    return drafts;
  }

  String owner() {
    return dice.oneOf(OWNERS);
  }

  String type() {
    return dice.oneOf(TYPES);
  }

  Spending spending() {
    return new Spending(dice.below(60), new Money(dice.below(150)));
  }

  Timing timing() {
    return new Timing(
        dice.oneOf("0 * * * *", "*/30 * * * *", "0 0 * * *", "30 2 * * *"),
        dice.oneOf("UTC", "Europe/Berlin"),
        dice.oneOf(Overlap.SKIP, Overlap.QUEUE, Overlap.QUEUE, Overlap.ALLOW),
        dice.oneOf(Misfire.values()));
  }

  TaskTemplate template() {
    return new TaskTemplate(
        type(),
        "{}",
        dice.oneOf("default", "night"),
        Priority.NORMAL,
        Duration.ofMinutes(5),
        3,
        List.of(),
        null);
  }

  Retention retention() {
    return new Retention(
        Duration.ofDays(2 + dice.below(20)),
        dice.percent(50) ? Map.of() : Map.of(type(), Duration.ofDays(1)));
  }

  /// Never a multiple of half an hour: no worker is on the edge of its lease after a jump.
  Duration leaseTime() {
    return halfHours(1 + dice.below(4)).plusMinutes(15);
  }

  List<String> types() {
    List<String> some = dice.someOf(TYPES, 60);
    return some.isEmpty() ? TYPES : some;
  }

  List<NewEvent> events() {
    return dice.times(4).mapToObj(_ -> event()).toList();
  }

  private NewEvent event() {
    return switch (dice.below(5)) {
      case 0 -> new NewEvent.StepStarted(step());
      case 1 -> new NewEvent.StepCompleted(step());
      case 2 -> new NewEvent.StepReused(step());
      case 3 -> new NewEvent.ArtifactStored(new UUID(0, dice.below(9)).toString(), "report", "r");
      default -> new NewEvent.Progress(dice.below(101), "“" + dice.oneOf(WORDS) + "”\n\\");
    };
  }

  String step() {
    return dice.oneOf(STEPS);
  }

  /// Few names: attempts store again what earlier ones stored.
  ArtifactDraft artifact(int number) {
    return new ArtifactDraft(
        number, dice.oneOf("report", "draft"), dice.oneOf("a.md", "b.md"), dice.below(1_000));
  }

  List<String> lines() {
    return dice.times(3).mapToObj(_ -> dice.oneOf(WORDS) + " was logged").toList();
  }

  String json() {
    return dice.oneOf("null", "1.50", "\"text\"", "{\"b\":[1,2],\"a\":null}", "[]");
  }

  Outcome outcome() {
    return switch (dice.below(8)) {
      case 0, 1 -> new Outcome.Completed(json());
      case 2 -> new Outcome.Failed(error());
      case 3 -> new Outcome.Cancelled();
      case 4 -> new Outcome.Released();
      case 5 -> new Outcome.Retrying(error(), halfHours(1 + dice.below(4)));
      default -> new Outcome.Retrying(error(), Duration.ZERO);
    };
  }

  private TaskError error() {
    return new TaskError(
        dice.oneOf("broken", "task_runtime_exceeded"),
        "It broke: " + dice.oneOf(WORDS),
        dice.percent(50) ? "at Some.where(Some.java:1)\n\tat Other.place" : null);
  }

  Operation list(TaskRef before) {
    return new Operation.ListTasks(
        dice.percent(40) ? dice.oneOf(OWNERS) : null,
        dice.percent(40) ? dice.oneOf(TaskStatus.values()) : null,
        dice.percent(25) ? dice.oneOf(TYPES) : null,
        dice.percent(25) ? dice.oneOf(TAGS) : null,
        dice.percent(25) ? dice.oneOf("ALPHA", "a_x", "0%", "NAÏVE", "日本", "text", "zzz") : null,
        dice.percent(50) ? before : null,
        dice.oneOf(1, 5, 50, 200));
  }
}
