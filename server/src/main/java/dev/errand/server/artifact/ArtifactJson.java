package dev.errand.server.artifact;

import dev.errand.engine.artifact.Artifact;
import java.time.Instant;

/// What is known of an artifact, as the API shows it.
public record ArtifactJson(
    String id,
    String taskId,
    String name,
    String type,
    String contentType,
    long size,
    String sha256,
    Instant createdAt,
    Links links) {

  static ArtifactJson of(Artifact artifact) {
    String id = artifact.id().toString();
    String task = artifact.task().toString();
    return new ArtifactJson(
        id,
        task,
        artifact.name(),
        artifact.type(),
        artifact.contentType(),
        artifact.size(),
        artifact.sha256(),
        artifact.createdAt(),
        new Links("/artifacts/" + id, "/artifacts/" + id + "/meta", "/tasks/" + task));
  }

  public record Links(String self, String meta, String task) {}
}
