package dev.errand.server.schedule;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.schedule.Misfire;
import dev.errand.engine.schedule.Overlap;
import dev.errand.engine.schedule.ScheduleDraft;
import dev.errand.engine.schedule.Timing;
import dev.errand.engine.task.Submission;
import dev.errand.server.json.Fields;
import dev.errand.server.task.SubmissionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Reads a schedule as a caller writes it, and names everything that is wrong with it at once.
public final class ScheduleReader {
  private static final List<String> OWN_FIELDS =
      List.of("name", "cron", "time_zone", "overlap", "misfire", "paused");

  /// A schedule decides itself when its tasks may start, and has no use for some other options.
  private static final List<String> NOT_FOR_SCHEDULES =
      List.of("delay_seconds", "run_at", "ttl_seconds", "budget", "concurrency_key");

  static final List<String> FIELDS =
      Stream.concat(
              OWN_FIELDS.stream(),
              SubmissionReader.FIELDS.stream().filter(field -> !NOT_FOR_SCHEDULES.contains(field)))
          .toList();

  private ScheduleReader() {}

  /// @param body `{cron, type, params, …}`
  /// @throws Problem.Refused naming each bad field
  public static ScheduleDraft read(ObjectNode body, String traceId) {
    Fields fields = new Fields(body).only(FIELDS).require("cron");
    Optional<String> name = fields.text("name");
    Timing timing =
        new Timing(
            fields.text("cron").orElse(""),
            fields.text("time_zone").orElse(Timing.DEFAULT_TIME_ZONE),
            fields.word("overlap", "one of skip, queue, allow", Overlap::of).orElse(Overlap.SKIP),
            fields.word("misfire", "one of skip, once", Misfire::of).orElse(Misfire.ONCE));
    Optional<Boolean> paused = fields.yesOrNo("paused");
    Optional<Submission> task = task(body, traceId, fields);
    List<Violation> violations = new ArrayList<>(fields.violations());
    timing.violations().stream()
        .filter(more -> violations.stream().noneMatch(one -> same(one, more)))
        .forEach(violations::add);
    return task.filter(_ -> fields.violations().isEmpty())
        .map(submission ->
            new ScheduleDraft(name.orElse(null), timing, submission, paused.orElse(null)))
        .orElseThrow(() -> new Problem.InvalidSchedule(violations).refused());
  }

  private static boolean same(Violation one, Violation other) {
    return one.pointer().equals(other.pointer());
  }

  private static Optional<Submission> task(ObjectNode body, String traceId, Fields fields) {
    ObjectNode task = body.deepCopy().retain(SubmissionReader.FIELDS).remove(NOT_FOR_SCHEDULES);
    try {
      return Optional.of(SubmissionReader.read(task, null, traceId));
    } catch (Problem.Refused refused) {
      if (refused.problem() instanceof Problem.InvalidTask(var violations)) {
        violations.forEach(one -> fields.refuse(one.pointer().substring(1), one.detail()));
        return Optional.empty();
      }
      throw refused;
    }
  }
}
