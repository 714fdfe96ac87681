package dev.errand.server.compat.blog;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.server.json.Fields;
import dev.errand.server.task.SubmissionReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads what callers want written.
final class BlogReader {
  static final String TYPE = "blog_post";

  /// What the author understands; the rest is passed over and named in the result's warnings.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "topic",
          "keywords",
          "use_google_search",
          "tone",
          "length",
          "word_count_target",
          "sections",
          "language",
          "target_audience",
          "custom_instructions",
          "dry_run");

  private static final int MOST_IGNORED = 50;

  private BlogReader() {}

  /// The submission of one post.
  static ObjectNode submission(ObjectNode body) {
    ObjectNode submission = SubmissionReader.unfolded(TYPE, body);
    ObjectNode params = (ObjectNode) submission.get("params");
    JsonNode callback = params.get("webhook_url");
    if (params.has("callback_url")) {
      callback = params.get("callback_url");
    }
    if (callback != null) {
      submission.set("callback_url", callback);
    }
    params.remove(List.of("webhook_url", "callback_url"));
    Set<String> ignored = new TreeSet<>(params.propertyNames());
    ignored.removeAll(UNDERSTOOD);
    params.remove(ignored);
    if (!ignored.isEmpty()) {
      ArrayNode names = params.putArray("ignored");
      ignored.stream().limit(MOST_IGNORED).forEach(names::add);
    }
    return submission;
  }

  /// Where the field stands in the body that `pointer` shows in [#submission].
  static String pointer(String pointer) {
    return pointer.replaceFirst("^/params(?=/|$)", "");
  }

  /// The submissions of several posts.
  ///
  /// @param body `{blogs: [{topic, …}, …]}`
  /// @param most posts of one batch
  static ObjectNode batch(ObjectNode body, int most) {
    Fields fields = new Fields(body).only(List.of("blogs")).require("blogs");
    JsonNode blogs = body.path("blogs");
    if (fields.has("blogs")
        && (!blogs.isArray()
            || blogs.isEmpty()
            || blogs.size() > most
            || !blogs.valueStream().allMatch(JsonNode::isObject))) {
      fields.refuse(
          "blogs", "must be an array of 1 to %d objects (MAX_BATCH_SIZE)".formatted(most));
    }
    List<Violation> violations = fields.violations();
    if (!violations.isEmpty()) {
      throw new Problem.InvalidBatch(violations).refused();
    }
    ObjectNode batch = JsonNodeFactory.instance.objectNode();
    ArrayNode tasks = batch.putArray("tasks");
    blogs.forEach(blog -> tasks.add(submission((ObjectNode) blog)));
    return batch;
  }

  /// Where the field stands in the body that `pointer` shows in [#batch].
  static String batchPointer(String pointer) {
    return pointer.replaceFirst("^/tasks/(\\d+)(/params(?=/|$))?", "/blogs/$1");
  }
}
