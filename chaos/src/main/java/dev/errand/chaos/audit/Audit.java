package dev.errand.chaos.audit;

import dev.errand.chaos.audit.Finding.Kind;
import dev.errand.chaos.audit.TaskRecord.AttemptRow;
import dev.errand.chaos.audit.TaskRecord.EventRow;
import dev.errand.chaos.audit.TaskRecord.StepRow;
import dev.errand.chaos.node.Footprints.Footprint;
import dev.errand.chaos.node.Footprints.Mark;
import dev.errand.chaos.node.Walk;
import dev.errand.server.json.WireJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// Compares what was promised with what came of it.
public final class Audit {
  private static final JsonMapper JSON = WireJson.mapper(1_000_000);

  /// A task that lost its worker as often was given up, and rightly.
  private static final int LOSSES_OF_A_KILLER = 11;

  private final Ledger ledger;
  private final List<TaskRecord> records;
  private final List<Finding> findings = new ArrayList<>();

  private Audit(Ledger ledger, List<TaskRecord> records) {
    this.ledger = ledger;
    this.records = records;
  }

  public static List<Finding> of(Ledger ledger, List<TaskRecord> records) {
    Audit audit = new Audit(ledger, records);
    audit.checkPromises();
    records.forEach(audit::check);
    return audit.findings;
  }

  private void checkPromises() {
    Map<UUID, TaskRecord> byTask =
        records.stream().collect(Collectors.toMap(h -> h.task().id(), Function.identity()));
    Map<String, Set<UUID>> promises = ledger.promises();
    promises.forEach((key, tasks) -> {
      if (tasks.size() > 1) {
        findings.add(new Finding(Kind.DUPLICATE, key + " stands for " + tasks, Optional.empty()));
      }
      for (UUID task : tasks) {
        if (!byTask.containsKey(task)) {
          findings.add(new Finding(Kind.LOST, key + ", " + task, Optional.empty()));
        }
      }
    });
    for (TaskRecord record : records) {
      String key = record.task().key();
      if (key == null || !promises.getOrDefault(key, Set.of()).contains(record.task().id())) {
        found(Kind.DUPLICATE, "nobody was promised this task", record);
      }
    }
  }

  private void check(TaskRecord record) {
    if (record.task().outcome() == null) {
      found(Kind.LOST, "did not end", record);
      return;
    }
    checkOutcome(record);
    checkNumbers(record);
    checkOrder(record);
    checkResult(record);
    checkSteps(record);
    checkFootprints(record);
  }

  private void checkOutcome(TaskRecord record) {
    if (!record.events().getLast().end()) {
      found(Kind.ENDED_TWICE, "the last event is no end", record);
    }
    List<String> outcomes = record.attempts().stream().map(AttemptRow::outcome).toList();
    boolean rightlyGivenUp = outcomes.stream().filter("lost"::equals).count() >= LOSSES_OF_A_KILLER;
    boolean right =
        switch (String.valueOf(record.task().outcome())) {
          case "completed" -> !cancelledForGood(record);
          case "cancelled" -> ledger.cancelAsked(record.task().id());
          default -> rightlyGivenUp;
        };
    long retried = outcomes.stream().filter("retrying"::equals).count();
    if (!right || retried > (record.task().stumbles() ? 1 : 0) || outcomes.contains("failed")) {
      found(Kind.FAILED, "ends otherwise than it should", record);
    }
    record.attempts().stream()
        .filter(attempt -> attempt.outcome().equals("lost"))
        .filter(attempt -> ledger.wasDrained(attempt.pid(), attempt.ended()))
        .forEach(
            attempt -> found(Kind.DRAIN_BURNT, attempt + " was stopped in good order", record));
  }

  /// Whether a caller was told that the task is cancelled, and nobody asked for it again.
  private boolean cancelledForGood(TaskRecord record) {
    UUID task = record.task().id();
    return ledger.wasCancelled(task) && !ledger.retryAsked(task);
  }

  private void checkNumbers(TaskRecord record) {
    List<Integer> numbers = record.events().stream().map(EventRow::number).toList();
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) != i + 1) {
        found(Kind.NUMBERS_WRONG, "events " + numbers, record);
        break;
      }
    }
    int steps = JSON.readTree(record.task().params()).path("steps").size();
    Map<String, Long> leases = leasesByName(record);
    record.log().stream()
        .collect(Collectors.groupingBy(line -> line.split(" ", 2)[1], Collectors.counting()))
        .forEach((attempt, lines) -> {
          if (lines > steps * leases.getOrDefault(attempt, 1L)) {
            found(Kind.SAID_TWICE, "%s wrote %d lines".formatted(attempt, lines), record);
          }
        });
    if (numbers.size() != record.task().events()
        || record.log().size() != record.task().logLines()) {
      found(Kind.NUMBERS_WRONG, "not as many as the task says", record);
    }
  }

  /// An attempt writes only between its start and its end, and those of a task follow each other.
  private void checkOrder(TaskRecord record) {
    Optional<String> running = Optional.empty();
    boolean ended = false;
    Set<String> said = new HashSet<>();
    for (EventRow event : record.events()) {
      if (ended && !event.type().equals("queued")) {
        found(Kind.ENDED_TWICE, "after its end: " + event, record);
      }
      ended = event.end();
      switch (event.type()) {
        case "started" -> {
          if (running.isPresent()) {
            found(Kind.STALE_ACCEPTED, "started while another attempt ran: " + event, record);
          }
          running = Optional.of(started(event));
          said.clear();
        }
        case "lost", "released", "retrying", "completed", "failed", "cancelled" -> {
          if (running.isEmpty() && !Set.of("failed", "cancelled").contains(event.type())) {
            found(Kind.STALE_ACCEPTED, "ended while no attempt ran: " + event, record);
          }
          running = Optional.empty();
        }
        case "queued", "cancel_requested" -> {}
        default -> {
          if (!running.map(attempt -> maySay(attempt, event)).orElse(false)) {
            found(
                Kind.STALE_ACCEPTED, "said by another one than " + running + ": " + event, record);
          }
          if (!said.add(event.type() + event.data())) {
            found(Kind.SAID_TWICE, event.toString(), record);
          }
        }
      }
    }
  }

  private static boolean maySay(String attempt, EventRow event) {
    return !event.type().equals("progress") || event.data().contains(attempt);
  }

  /// The attempt that an event says was started, as [Walk#name] has it.
  private static String started(EventRow event) {
    var data = JSON.readTree(event.data());
    String worker = data.path("worker").asString();
    return Walk.name(data.path("attempt").asInt(), AttemptRow.pid(worker));
  }

  /// The result is that of the attempt which completed, and is made of the steps that were kept.
  private void checkResult(TaskRecord record) {
    if (!"completed".equals(record.task().outcome())) {
      return;
    }
    List<AttemptRow> completed =
        record.attempts().stream().filter(a -> a.outcome().equals("completed")).toList();
    var result = JSON.readTree(String.valueOf(record.task().result()));
    String by = result.path("by").asString();
    if (completed.size() != 1 || !completed.getFirst().name().equals(by)) {
      found(Kind.STALE_ACCEPTED, "the result is by " + by, record);
    }
    List<String> used = result.path("steps").valueStream().map(s -> s.asString()).toList();
    List<String> kept =
        record.steps().values().stream().map(StepRow::value).map(v -> v.replace("\"", "")).toList();
    if (!used.equals(kept)) {
      found(Kind.STALE_ACCEPTED, "the result is made of " + used + ", kept were " + kept, record);
    }
    int artifacts = record.task().type().equals("walk") ? 1 : 0;
    if (record.artifacts().size() != artifacts) {
      found(Kind.DUPLICATE, "artifacts " + record.artifacts(), record);
    }
  }

  /// Who keeps a step has held the lease until then: attempts keep steps in their order.
  private void checkSteps(TaskRecord record) {
    List<String> attempts = record.attempts().stream().map(AttemptRow::name).toList();
    int last = 0;
    for (StepRow step : record.steps().values()) {
      String by = step.value().replace("\"", "");
      int attempt = attempts.indexOf(by);
      if (attempt < last) {
        found(
            Kind.STALE_ACCEPTED,
            step + " was kept by an earlier attempt than the one before",
            record);
      }
      last = attempt;
      if (record.footprints().stream()
          .noneMatch(f ->
              f.mark() == Mark.END && f.step().equals(step.name()) && f.attempt().equals(by))) {
        found(Kind.STALE_ACCEPTED, step + " was kept by an attempt that did not end it", record);
      }
    }
  }

  private void checkFootprints(TaskRecord record) {
    checkRunsWithinAttempts(record);
    Map<String, AttemptRow> attempts = new HashMap<>();
    record.attempts().forEach(attempt -> attempts.put(attempt.name(), attempt));
    for (Footprint footprint : record.footprints()) {
      StepRow step = record.steps().get(footprint.step());
      if (footprint.mark() == Mark.BEGIN
          && step != null
          && footprint.at().isAfter(step.finished())) {
        AttemptRow attempt = attempts.get(footprint.attempt());
        boolean stale = attempt != null && endedBefore(attempt, footprint.at());
        found(stale ? Kind.STEP_BEGUN_TOO_LATE : Kind.STEP_RUN_AGAIN, footprint.toString(), record);
      }
    }
  }

  /// An attempt runs a step once. One that was given back shares its name with the next, if the
  /// same worker runs that.
  private void checkRunsWithinAttempts(TaskRecord record) {
    Map<String, Long> leases = leasesByName(record);
    record.footprints().stream()
        .filter(f -> f.mark() == Mark.BEGIN && !f.whole())
        .collect(Collectors.groupingBy(f -> List.of(f.step(), f.attempt()), Collectors.counting()))
        .forEach((step, times) -> {
          if (times > leases.getOrDefault(step.getLast(), 1L)) {
            found(Kind.STEP_RUN_AGAIN, "%s ran %d times".formatted(step, times), record);
          }
        });
  }

  private static Map<String, Long> leasesByName(TaskRecord record) {
    return record.attempts().stream()
        .collect(Collectors.groupingBy(AttemptRow::name, Collectors.counting()));
  }

  private static boolean endedBefore(AttemptRow attempt, Instant at) {
    return attempt.ended().isBefore(at);
  }

  private void found(Kind kind, String what, TaskRecord record) {
    findings.add(new Finding(kind, what, Optional.of(record)));
  }
}
