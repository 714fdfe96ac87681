package dev.errand.server.task;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.Priority;
import dev.errand.engine.task.Submission;
import dev.errand.server.budget.BudgetReader;
import dev.errand.server.json.Fields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a caller submits, and names everything that is wrong with it at once.
public final class SubmissionReader {
  private static final Logger log = LoggerFactory.getLogger(SubmissionReader.class);

  /// How a task is run, whatever its type.
  static final List<String> OPTIONS =
      List.of(
          "timeout_seconds",
          "max_retries",
          "priority",
          "delay_seconds",
          "run_at",
          "queue",
          "concurrency_key",
          "ttl_seconds",
          "budget",
          "callback_url",
          "tags");

  /// Everything that a submission may say.
  public static final List<String> FIELDS =
      Stream.concat(Stream.of("type", "params"), OPTIONS.stream()).toList();

  private SubmissionReader() {}

  /// @param body `{type, params, …}`
  /// @throws Problem.Refused naming each bad field
  public static Submission read(ObjectNode body, @Nullable String idempotencyKey, String traceId) {
    Fields fields = new Fields(body).only(FIELDS).require("type").require("params");
    String type = fields.text("type").orElse("");
    String params = fields.object("params").map(ObjectNode::toString).orElse("{}");
    return submission(type, params, fields, idempotencyKey, traceId);
  }

  /// @param body the params of a task of `type`, with the options of [#OPTIONS] among them
  /// @throws Problem.Refused naming each bad option; the params are checked later
  static Submission readFlat(
      String type, ObjectNode body, @Nullable String idempotencyKey, String traceId) {
    ObjectNode params = body.deepCopy().remove(OPTIONS);
    return submission(type, params.toString(), new Fields(body), idempotencyKey, traceId);
  }

  /// A submission of a task whose params are `body` itself, with the options of a submission among
  /// them.
  public static ObjectNode unfolded(String type, ObjectNode body) {
    ObjectNode submission = body.deepCopy().retain(OPTIONS);
    submission.put("type", type);
    submission.set("params", body.deepCopy().remove(OPTIONS));
    return submission;
  }

  private static Submission submission(
      String type, String params, Fields fields, @Nullable String key, String traceId) {
    Optional<Long> timeout = fields.whole("timeout_seconds");
    Optional<Integer> maxRetries = fields.whole("max_retries").map(SubmissionReader::clamped);
    Optional<Priority> priority = fields.word("priority", "one of high, normal, low", Priority::of);
    Due due = due(fields);
    Optional<String> queue = fields.text("queue");
    Optional<String> concurrencyKey = fields.text("concurrency_key");
    Optional<Long> ttl = fields.whole("ttl_seconds");
    Allowance budget = BudgetReader.read(fields, "budget");
    List<String> tags = fields.texts("tags");
    Optional<String> callbackUrl = fields.text("callback_url");
    List<Violation> violations = new ArrayList<>(fields.violations());
    try {
      Submission submission =
          new Submission(
              type,
              params,
              timeout.map(Duration::ofSeconds).orElse(null),
              maxRetries.orElse(null),
              priority.orElse(null),
              due,
              queue.orElse(null),
              concurrencyKey.orElse(null),
              ttl.map(Duration::ofSeconds).orElse(null),
              budget,
              tags,
              key,
              traceId,
              callbackUrl.orElse(null));
      if (violations.isEmpty()) {
        return submission;
      }
    } catch (InvalidParams outOfBounds) {
      violations.addAll(outOfBounds.violations());
    }
    log.atInfo()
        .addKeyValue("event", "task_rejected_invalid_params")
        .addKeyValue("task_type", type)
        .log("Task rejected");
    throw new Problem.InvalidTask(violations).refused();
  }

  /// A number that fits no int is out of bounds anyway, and stays so.
  private static int clamped(long number) {
    return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static Due due(Fields fields) {
    if (fields.has("delay_seconds") && fields.has("run_at")) {
      fields.refuse("run_at", "must not be given together with delay_seconds");
    }
    Optional<Due> delayed =
        fields.whole("delay_seconds").map(seconds -> new Due.After(Duration.ofSeconds(seconds)));
    Optional<Due> scheduled =
        fields
            .word(
                "run_at",
                "a time of the years 1970 to 9999 with its offset, such as 2030-01-31T09:00:00Z",
                SubmissionReader::moment)
            .map(Due.At::new);
    return delayed.or(() -> scheduled).orElseGet(Due.Now::new);
  }

  private static Optional<Instant> moment(String text) {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text);
      // Further away, no database and no calendar agrees with us.
      boolean sensible = moment.getYear() >= 1970 && moment.getYear() <= 9999;
      return sensible ? Optional.of(moment.toInstant()) : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
