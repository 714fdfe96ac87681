package dev.errand.testkit.model;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.Budgets.Answer.Refused;
import dev.errand.engine.event.Event;
import dev.errand.engine.event.History.Line;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.WorkerStatus;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.Task.FinishedStep;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskStore.Submitted;
import dev.errand.engine.task.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compares what the two stores say at one moment, and collects the differences.
///
/// JSON is compared by what it means. Free are the words of the error for a lost worker and the due
/// time of a task that has ended.
final class Comparison {
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

  private final Duration precision;
  private final List<String> differences = new ArrayList<>();

  /// @param precision by how much moments may differ
  Comparison(Duration precision) {
    this.precision = precision;
  }

  List<String> differences() {
    return List.copyOf(differences);
  }

  void add(List<String> found) {
    differences.addAll(found);
  }

  void same(String what, Both<?> answers) {
    same(what, answers.subject(), answers.reference());
  }

  void same(String what, @Nullable Object subject, @Nullable Object reference) {
    if (!Objects.equals(subject, reference)) {
      differences.add("%s is %s but should be %s".formatted(what, subject, reference));
    }
  }

  private void sameMoment(String what, @Nullable Instant subject, @Nullable Instant reference) {
    if (subject == null || reference == null) {
      same(what, subject, reference);
      return;
    }
    if (!subject.equals(subject.truncatedTo(ChronoUnit.MICROS))) {
      differences.add("%s is %s, finer than a microsecond".formatted(what, subject));
    }
    if (Duration.between(subject, reference).abs().compareTo(precision) > 0) {
      same(what, subject, reference);
    }
  }

  private void sameJson(String what, @Nullable String subject, @Nullable String reference) {
    if (!Objects.equals(subject, reference)) {
      same(what, JsonMeaning.of(subject), JsonMeaning.of(reference));
    }
  }

  private void sameError(String what, @Nullable TaskError subject, @Nullable TaskError reference) {
    same(what, withoutFreeWords(subject), withoutFreeWords(reference));
  }

  private static @Nullable TaskError withoutFreeWords(@Nullable TaskError error) {
    return error != null && error.code().equals(TaskError.WORKER_LOST)
        ? new TaskError(error.code(), "…", null)
        : error;
  }

  // --- tasks

  void sameAnswers(Both<List<Submitted>> answers) {
    pairs(
        "answer",
        answers,
        (answer, subject, reference) -> {
          if (subject instanceof Submitted.Stored stored
              && reference instanceof Submitted.Stored expected) {
            same(answer + "id", stored.id(), expected.id());
            sameMoment(answer + "createdAt", stored.createdAt(), expected.createdAt());
            sameMoment(answer + "dueAt", stored.dueAt(), expected.dueAt());
          } else {
            same(answer, subject, reference);
          }
        });
  }

  void sameTasks(String what, Both<List<Task>> answers) {
    same(what, new Both<>(ids(answers.subject()), ids(answers.reference())));
    pairs("", answers, (_, task, expected) -> sameTask(task.id() + " ", task, expected));
  }

  private static List<?> ids(List<Task> tasks) {
    return tasks.stream().map(Task::id).toList();
  }

  private void sameTask(String task, Task subject, Task reference) {
    if (!subject.id().equals(reference.id())) {
      return;
    }
    sameRequest(task, subject, reference);
    same(task + "status", subject.status(), reference.status());
    same(task + "progress", subject.progress(), reference.progress());
    same(task + "currentStep", subject.currentStep(), reference.currentStep());
    sameSteps(task + "step ", new Both<>(subject.steps(), reference.steps()));
    same(task + "attempt", subject.attempt(), reference.attempt());
    same(task + "cancelRequested", subject.cancelRequested(), reference.cancelRequested());
    sameJson(task + "result", subject.result(), reference.result());
    sameError(task + "error", subject.error(), reference.error());
    sameMoments(task, subject, reference);
  }

  private void sameRequest(String task, Task subject, Task reference) {
    same(task + "owner", subject.owner(), reference.owner());
    same(task + "type", subject.type(), reference.type());
    sameJson(task + "params", subject.params(), reference.params());
    same(task + "queue", subject.queue(), reference.queue());
    same(task + "priority", subject.priority(), reference.priority());
    same(task + "tags", subject.tags(), reference.tags());
    same(task + "maxRetries", subject.maxRetries(), reference.maxRetries());
    same(task + "timeout", subject.timeout(), reference.timeout());
    same(task + "traceId", subject.traceId(), reference.traceId());
  }

  private void sameMoments(String task, Task subject, Task reference) {
    sameMoment(task + "createdAt", subject.createdAt(), reference.createdAt());
    sameMoment(task + "updatedAt", subject.updatedAt(), reference.updatedAt());
    sameMoment(task + "startedAt", subject.startedAt(), reference.startedAt());
    sameMoment(task + "finishedAt", subject.finishedAt(), reference.finishedAt());
    if (!reference.status().terminal()) {
      sameMoment(task + "dueAt", subject.dueAt(), reference.dueAt());
    }
  }

  private void sameSteps(String what, Both<List<FinishedStep>> steps) {
    pairs(
        what,
        steps,
        (step, subject, reference) -> {
          same(step + "name", subject.name(), reference.name());
          sameMoment(step + "finishedAt", subject.finishedAt(), reference.finishedAt());
        });
  }

  // --- what is beside tasks

  void sameOutlooks(String what, Both<List<Outlook>> answers) {
    pairs(
        what,
        answers,
        (outlook, subject, reference) -> {
          same(outlook + "waiting", plain(subject.waiting()), plain(reference.waiting()));
          sameMoment(outlook + "until", until(subject.waiting()), until(reference.waiting()));
          sameMoment(outlook + "attempt", subject.attemptStartedAt(), reference.attemptStartedAt());
          sameDuration(outlook + "usual", subject.usual(), reference.usual());
        });
  }

  private static @Nullable Object plain(@Nullable Waiting waiting) {
    return switch (waiting) {
      case Waiting.NotDue _ -> "not due";
      case Waiting.RetryBackoff _ -> "backoff";
      case null -> null;
      default -> waiting;
    };
  }

  private static @Nullable Instant until(@Nullable Waiting waiting) {
    return switch (waiting) {
      case Waiting.NotDue(var until) -> until;
      case Waiting.RetryBackoff(var until) -> until;
      case null, default -> null;
    };
  }

  private void sameDuration(String what, @Nullable Duration subject, @Nullable Duration reference) {
    if (subject == null
        || reference == null
        || subject.minus(reference).abs().compareTo(precision) > 0) {
      same(what, subject, reference);
    }
  }

  void sameReservations(String what, Both<Budgets.Answer> answers) {
    if (answers.subject() instanceof Refused(var subject)
        && answers.reference() instanceof Refused(var reference)) {
      same(what + " scope", subject.scope(), reference.scope());
      same(what + " limit", subject.limit(), reference.limit());
      same(what + " account", subject.account(), reference.account());
      same(what + " resets at", subject.resetsAt(), reference.resetsAt());
      sameDuration(what + " resets in", subject.resetsIn(), reference.resetsIn());
    } else {
      same(what, answers);
    }
  }

  void sameGrants(String what, Both<Rates.Grant> answers) {
    same(what, answers.subject().submissions(), answers.reference().submissions());
    sameDuration(what + " ends in", answers.subject().endsIn(), answers.reference().endsIn());
  }

  void sameWorkers(String what, Both<List<WorkerStatus>> answers) {
    pairs(
        what,
        answers,
        (worker, subject, reference) -> {
          same(worker + "name", subject.name(), reference.name());
          same(worker + "types", subject.types(), reference.types());
          same(worker + "running", subject.running(), reference.running());
          same(worker + "alive", subject.alive(), reference.alive());
          sameMoment(worker + "startedAt", subject.startedAt(), reference.startedAt());
          sameMoment(worker + "heartbeatAt", subject.heartbeatAt(), reference.heartbeatAt());
        });
  }

  void sameRuns(String what, Both<List<ScheduleRun>> answers) {
    pairs(
        what,
        answers,
        (run, subject, reference) -> {
          same(run + "moment", subject.moment(), reference.moment());
          same(run + "triggered", subject.triggered(), reference.triggered());
          same(run + "status", subject.status(), reference.status());
          same(run + "task", subject.task(), reference.task());
          same(run + "note", withoutMoments(subject.note()), withoutMoments(reference.note()));
        });
  }

  private static @Nullable String withoutMoments(@Nullable String note) {
    return note == null ? null : MOMENT.matcher(note).replaceAll("…");
  }

  void sameSchedules(String what, Both<List<Schedule>> answers) {
    same(what, withoutLastRuns(answers.subject()), withoutLastRuns(answers.reference()));
    sameRuns(
        what + " last run", new Both<>(lastRuns(answers.subject()), lastRuns(answers.reference())));
  }

  private static List<Schedule> withoutLastRuns(List<Schedule> schedules) {
    return schedules.stream().map(one -> one.withLastRun(null)).toList();
  }

  private static List<ScheduleRun> lastRuns(List<Schedule> schedules) {
    return schedules.stream().map(Schedule::lastRun).filter(Objects::nonNull).toList();
  }

  // --- what belongs to a task

  /// @return whether the leases are for the same tasks, in the same order
  boolean sameLeases(String what, Both<List<Lease>> answers) {
    int before = differences.size();
    pairs(
        what,
        answers,
        (lease, subject, reference) -> {
          same(lease + "task", subject.task(), reference.task());
          same(lease + "owner", subject.owner(), reference.owner());
          same(lease + "type", subject.type(), reference.type());
          sameJson(lease + "params", subject.params(), reference.params());
          same(lease + "attempt", subject.attempt(), reference.attempt());
          same(lease + "failures", subject.failures(), reference.failures());
          same(lease + "maxRetries", subject.maxRetries(), reference.maxRetries());
          same(lease + "timeout", subject.timeout(), reference.timeout());
          same(lease + "traceId", subject.traceId(), reference.traceId());
        });
    return differences.size() == before;
  }

  void sameAttempts(String what, Both<List<AttemptRecord>> answers) {
    pairs(
        what,
        answers,
        (attempt, subject, reference) -> {
          same(attempt + "number", subject.number(), reference.number());
          same(attempt + "worker", subject.worker(), reference.worker());
          same(attempt + "outcome", subject.outcome(), reference.outcome());
          sameMoment(attempt + "startedAt", subject.startedAt(), reference.startedAt());
          sameMoment(attempt + "endedAt", subject.endedAt(), reference.endedAt());
          sameError(attempt + "error", subject.error(), reference.error());
        });
  }

  void sameEvents(String what, Both<List<Event>> answers) {
    pairs(
        what,
        answers,
        (event, subject, reference) -> {
          same(event + "number", subject.number(), reference.number());
          same(event + "type", subject.type(), reference.type());
          sameMoment(event + "at", subject.at(), reference.at());
          same(
              event + "data",
              JsonMeaning.ofEvent(subject.data()),
              JsonMeaning.ofEvent(reference.data()));
        });
  }

  void sameLog(String what, Both<List<Line>> answers) {
    pairs(
        what,
        answers,
        (line, subject, reference) -> {
          same(line + "number", subject.number(), reference.number());
          same(line + "level", subject.line().level(), reference.line().level());
          same(line + "text", subject.line().text(), reference.line().text());
          sameMoment(line + "at", subject.line().at(), reference.line().at());
        });
  }

  void sameStepValues(String what, Both<Map<String, String>> answers) {
    same(what, new Both<>(meanings(answers.subject()), meanings(answers.reference())));
  }

  private static Map<String, ?> meanings(Map<String, String> values) {
    Map<String, @Nullable Object> meanings = new TreeMap<>();
    values.forEach((step, value) -> meanings.put(step, JsonMeaning.of(value)));
    return meanings;
  }

  void sameArtifacts(String what, Both<List<Artifact>> answers) {
    pairs(
        what,
        answers,
        (artifact, subject, reference) -> {
          same(artifact + "id", subject.id(), reference.id());
          same(artifact + "task", subject.task(), reference.task());
          same(artifact + "owner", subject.owner(), reference.owner());
          same(artifact + "name", subject.name(), reference.name());
          same(artifact + "type", subject.type(), reference.type());
          same(artifact + "contentType", subject.contentType(), reference.contentType());
          same(artifact + "size", subject.size(), reference.size());
          same(artifact + "sha256", subject.sha256(), reference.sha256());
          sameMoment(artifact + "createdAt", subject.createdAt(), reference.createdAt());
        });
  }

  private <T> void pairs(String what, Both<List<T>> answers, Check<T> check) {
    List<T> subject = answers.subject();
    List<T> reference = answers.reference();
    if (subject.size() != reference.size()) {
      differences.add(
          "%s: %d instead of %d: %s but should be %s"
              .formatted(what, subject.size(), reference.size(), subject, reference));
      return;
    }
    if (subject.equals(reference)) {
      return;
    }
    for (int i = 0; i < subject.size(); i++) {
      check.compare("%s %d ".formatted(what, i + 1), subject.get(i), reference.get(i));
    }
  }

  private interface Check<T> {
    void compare(String what, T subject, T reference);
  }
}
