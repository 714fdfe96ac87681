package dev.errand.server.search;

import dev.errand.engine.access.Caller;
import dev.errand.server.task.Submitting;
import dev.errand.server.task.TaskJson;
import dev.errand.server.trace.Trace;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `POST /search` and `POST /search/batch`: one `search` task, one `search_batch` task.
@RestController
public final class SearchDoor {
  private final Submitting submitting;

  public SearchDoor(Submitting submitting) {
    this.submitting = submitting;
  }

  @PostMapping("/search")
  ResponseEntity<TaskJson> search(
      Caller caller,
      Trace trace,
      @RequestHeader(name = Submitting.IDEMPOTENCY_KEY, required = false) @Nullable String key,
      ObjectNode body) {
    return submitting.submitFlat(caller, trace, key, "search", body);
  }

  @PostMapping("/search/batch")
  ResponseEntity<TaskJson> searchBatch(
      Caller caller,
      Trace trace,
      @RequestHeader(name = Submitting.IDEMPOTENCY_KEY, required = false) @Nullable String key,
      ObjectNode body) {
    return submitting.submitFlat(caller, trace, key, "search_batch", body);
  }
}
