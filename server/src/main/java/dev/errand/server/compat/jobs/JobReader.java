package dev.errand.server.compat.jobs;

import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Priority;
import dev.errand.server.json.Fields;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads what this door's clients send.
final class JobReader {
  /// Tasks of one question at most.
  static final int MOST_IDS = 100;

  private static final List<String> FIELDS =
      List.of("type", "payload", "priority", "brandId", "webhookUrl", "callbackUrl");
  private static final int LONGEST_BRAND = 90;

  private JobReader() {}

  /// The submission that a client means.
  ///
  /// @param body `{type, payload, priority?, brandId?, webhookUrl? | callbackUrl?}`
  /// @throws Problem.Refused naming each bad field
  static ObjectNode submission(ObjectNode body) {
    Fields fields = new Fields(body).only(FIELDS).require("type").require("payload");
    Optional<JobType> type = fields.word("type", "one of " + JobType.known(), JobType::of);
    Optional<ObjectNode> payload = fields.object("payload");
    Optional<Priority> priority = fields.word("priority", "one of low, normal, high", Priority::of);
    Optional<String> brand = fields.text("brandId");
    if (!brand.map(JobReader::namesBrand).orElse(true)) {
      fields.refuse("brandId", "must be 1 to %d printable characters".formatted(LONGEST_BRAND));
    }
    Optional<String> callback = fields.text("webhookUrl").or(() -> fields.text("callbackUrl"));
    if (fields.has("webhookUrl") && fields.has("callbackUrl")) {
      fields.refuse("callbackUrl", "must not be given together with webhookUrl");
    }
    if (!fields.violations().isEmpty()) {
      throw new Problem.InvalidTask(fields.violations()).refused();
    }
    ObjectNode submission = JsonNodeFactory.instance.objectNode();
    submission.put("type", type.orElseThrow().taskType());
    submission.set("params", payload.orElseThrow());
    priority.ifPresent(word -> submission.put("priority", word.toString()));
    brand.ifPresent(name -> submission.putArray("tags").add(BackgroundTasks.BRAND + name));
    callback.ifPresent(url -> submission.put("callback_url", url));
    return submission;
  }

  /// Where the field stands in the client's body that `pointer` shows in [#submission].
  static String pointer(String pointer) {
    return pointer
        .replaceFirst("^/params(?=/|$)", "/payload")
        .replaceFirst("^/tags(?=/|$)", "/brandId")
        .replaceFirst("^/callback_url$", "/webhookUrl");
  }

  private static boolean namesBrand(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_BRAND
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  /// The ids that a question names.
  ///
  /// @param one whether the client asked for a single task
  record Ids(List<String> ids, boolean one) {
    Ids {
      ids = List.copyOf(ids);
    }
  }

  /// @param parameters `taskId=` once, or `taskIds=` with commas in between or several times
  static Ids ids(MultiValueMap<String, String> parameters) {
    Set<String> known = Set.of("action", "taskId", "taskIds");
    parameters.keySet().stream()
        .filter(Predicate.not(known::contains))
        .findFirst()
        .ifPresent(name -> {
          throw bad("There is no parameter %s; known are taskId and taskIds".formatted(name));
        });
    return ids(
        parameters.getOrDefault("taskId", List.of()),
        parameters.getOrDefault("taskIds", List.of()).stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::strip)
            .toList());
  }

  /// @param body `{taskId}` or `{taskIds: […]}`
  static Ids ids(ObjectNode body) {
    Fields fields = new Fields(body).only(List.of("taskId", "taskIds"));
    Optional<String> one = fields.text("taskId");
    if (body.get("taskIds") instanceof ArrayNode many && many.size() > MOST_IDS) {
      throw tooMany();
    }
    List<String> many = fields.texts("taskIds");
    if (!fields.violations().isEmpty()) {
      throw new Problem.InvalidTask(fields.violations()).refused();
    }
    return ids(one.stream().toList(), many);
  }

  private static Ids ids(List<String> one, List<String> many) {
    if (one.isEmpty() == many.isEmpty() || one.size() > 1) {
      throw bad("Name the task with taskId, or several with taskIds");
    }
    List<String> distinct = List.copyOf(new LinkedHashSet<>(one.isEmpty() ? many : one));
    if (distinct.size() > MOST_IDS) {
      throw tooMany();
    }
    return new Ids(distinct, many.isEmpty());
  }

  /// The task that a message of QStash's is about.
  static Optional<String> pushed(JsonNode message) {
    JsonNode id = message.path("taskId");
    return id.isString() ? Optional.of(id.stringValue()) : Optional.empty();
  }

  private static Problem.Refused tooMany() {
    return bad("One call may ask for %d tasks at most".formatted(MOST_IDS));
  }

  static Problem.Refused bad(String what) {
    return new Problem.BadRequest(what + ".").refused();
  }
}
