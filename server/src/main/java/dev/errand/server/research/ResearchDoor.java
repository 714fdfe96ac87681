package dev.errand.server.research;

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

/// `POST /research`: one `research` task.
@RestController
public final class ResearchDoor {
  private final Submitting submitting;

  public ResearchDoor(Submitting submitting) {
    this.submitting = submitting;
  }

  @PostMapping("/research")
  ResponseEntity<TaskJson> research(
      Caller caller,
      Trace trace,
      @RequestHeader(name = Submitting.IDEMPOTENCY_KEY, required = false) @Nullable String key,
      ObjectNode body) {
    return submitting.submitFlat(caller, trace, key, "research", body);
  }
}
