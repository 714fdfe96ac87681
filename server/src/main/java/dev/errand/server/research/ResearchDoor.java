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
  private final SomethingToRead somethingToRead;

  public ResearchDoor(Submitting submitting, SomethingToRead somethingToRead) {
    this.submitting = submitting;
    this.somethingToRead = somethingToRead;
  }

  @PostMapping("/research")
  ResponseEntity<TaskJson> research(
      Caller caller,
      Trace trace,
      @RequestHeader(name = Submitting.IDEMPOTENCY_KEY, required = false) @Nullable String key,
      ObjectNode body) {
    somethingToRead.require(SomethingToRead.TYPE, body);
    return submitting.submitFlat(caller, trace, key, SomethingToRead.TYPE, body);
  }
}
