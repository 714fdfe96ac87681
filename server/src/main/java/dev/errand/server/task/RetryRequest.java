package dev.errand.server.task;

import dev.errand.engine.access.Caller;
import dev.errand.engine.task.DeadLetters;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore.DeadLetterFilter;
import dev.errand.server.json.Fields;
import dev.errand.server.problem.Refusal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Which failed tasks somebody wants to retry.
sealed interface RetryRequest {
  record These(List<TaskId> ids) implements RetryRequest {}

  record Newest(DeadLetterFilter filter, int limit) implements RetryRequest {}

  /// @param body `{ids: […]}` or `{type, limit?, owner?}`
  /// @throws Refusal.Refused naming each bad field
  static RetryRequest read(ObjectNode body, Caller caller) {
    Fields fields = new Fields(body).only(List.of("ids", "type", "limit", "owner"));
    if (fields.has("ids") == fields.has("type")) {
      fields.refuse("ids", "or type must be given, and not both");
    }
    RetryRequest request = fields.has("ids") ? these(fields) : newest(fields, caller);
    fields.orRefuse("invalid_retry");
    return request;
  }

  private static RetryRequest these(Fields fields) {
    List<Optional<TaskId>> ids = fields.texts("ids").stream().map(TaskId::parse).toList();
    if (ids.size() > DeadLetters.MAX_RETRIED || ids.stream().anyMatch(Optional::isEmpty)) {
      fields.refuse("ids", "must be %d ids of tasks at most".formatted(DeadLetters.MAX_RETRIED));
    }
    for (String other : List.of("limit", "owner")) {
      if (fields.has(other)) {
        fields.refuse(other, "goes with type only");
      }
    }
    return new These(ids.stream().flatMap(Optional::stream).toList());
  }

  private static RetryRequest newest(Fields fields, Caller caller) {
    long limit = fields.whole("limit").orElse((long) DeadLetters.MAX_RETRIED);
    if (limit < 1 || limit > DeadLetters.MAX_RETRIED) {
      fields.refuse("limit", "must be 1 to " + DeadLetters.MAX_RETRIED);
    }
    String owner = fields.text("owner").orElse(caller.user());
    DeadLetterFilter filter =
        new DeadLetterFilter(
            owner.equals("*") ? null : owner, fields.text("type").orElse(null), null);
    return new Newest(filter, Math.clamp(limit, 1, DeadLetters.MAX_RETRIED));
  }
}
