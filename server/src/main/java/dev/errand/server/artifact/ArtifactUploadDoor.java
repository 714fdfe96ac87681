package dev.errand.server.artifact;

import dev.errand.engine.access.Caller;
import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.Tasks;
import dev.errand.server.json.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /artifacts`: adds an artifact to one of the caller's tasks.
@RestController
public final class ArtifactUploadDoor {
  private static final Logger log = LoggerFactory.getLogger(ArtifactUploadDoor.class);

  /// For the fields beside the content, and for spaces.
  private static final long SLACK = 64 * 1024;

  private final Tasks tasks;
  private final Artifacts artifacts;
  private final JsonBodies bodies;
  private final long maxContent;

  public ArtifactUploadDoor(Tasks tasks, Artifacts artifacts, JsonBodies bodies, Limits limits) {
    this.tasks = tasks;
    this.artifacts = artifacts;
    this.bodies = bodies;
    this.maxContent = limits.maxArtifactBytes();
  }

  @PostMapping("/artifacts")
  ResponseEntity<ArtifactJson> upload(Caller caller, HttpServletRequest request)
      throws IOException {
    Upload upload = read(request);
    Task task = tasks.find(caller, upload.task());
    Artifact artifact =
        artifacts.upload(task, upload.type(), upload.contentType(), upload.content().toByteArray());
    ArtifactJson shown = ArtifactJson.of(artifact);
    return ResponseEntity.created(URI.create(shown.links().self())).body(shown);
  }

  private Upload read(HttpServletRequest request) throws IOException {
    long maxBytes = (maxContent + 2) / 3 * 4 + SLACK;
    try {
      return bodies.parse(
          request, maxBytes, parser -> Upload.read(parser, Math.toIntExact(maxContent)));
    } catch (Problem.Refused refused) {
      throw refused.problem() instanceof Problem.TooLarge ? tooLarge(request) : refused;
    }
  }

  private Problem.Refused tooLarge(HttpServletRequest request) {
    log.atWarn()
        .addKeyValue("event", "artifact_rejected")
        .addKeyValue("body_size", request.getContentLengthLong())
        .log("Artifact rejected: too large");
    return new Problem.ArtifactTooLarge(maxContent).refused();
  }
}
