package dev.errand.engine.artifact;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.hash.Sha256;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Storing and reading artifacts: first the bytes become durable, then the artifact is known.
/// Thread-safe.
public final class Artifacts {
  private static final Logger log = LoggerFactory.getLogger(Artifacts.class);
  private static final String REJECTED = "Artifact rejected: too large";
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

  private final ArtifactStore store;
  private final ArtifactStorage storage;
  private final Limits limits;
  private final InstantSource clock;

  public Artifacts(
      ArtifactStore store, ArtifactStorage storage, Limits limits, InstantSource clock) {
    this.store = store;
    this.storage = storage;
    this.limits = limits;
    this.clock = clock;
  }

  /// Makes the bytes of an attempt's artifact durable; [#record] then makes it known.
  ///
  /// @throws TaskFailure when there are more bytes than allowed or they cannot be kept
  public Artifact keep(Lease lease, String name, String type, String contentType, byte[] content)
      throws TaskFailure {
    if (content.length > limits.maxArtifactBytes()) {
      rejected(lease.task(), content.length)
          .addKeyValue("attempt", lease.attempt())
          .addKeyValue("trace_id", lease.traceId())
          .log(REJECTED);
      throw TaskFailure.permanent(
          "artifact_size_exceeded",
          "Artifact %s has %,d bytes; at most %,d are kept (TASK_MAX_ARTIFACT_MB)."
              .formatted(name, content.length, limits.maxArtifactBytes()));
    }
    Artifact artifact = describe(lease.task(), lease.owner(), name, type, contentType, content);
    try {
      storage.put(artifact.sha256(), content);
    } catch (IOException e) {
      throw TaskFailure.external("artifact_not_stored", "The artifact storage failed: " + e, e);
    }
    return artifact;
  }

  /// @return the artifact as recorded, empty when the lease is lost
  public Optional<Artifact> record(Lease lease, Artifact artifact) {
    return store.put(lease, artifact);
  }

  /// Stores what a caller uploads for one of its tasks.
  ///
  /// @throws Problem.Refused when there are more bytes than allowed
  public Artifact upload(Task task, String type, String contentType, byte[] content)
      throws IOException {
    if (content.length > limits.maxArtifactBytes()) {
      rejected(task.id(), content.length).log(REJECTED);
      throw new Problem.ArtifactTooLarge(limits.maxArtifactBytes()).refused();
    }
    Artifact artifact = describe(task.id(), task.owner(), type, type, contentType, content);
    storage.put(artifact.sha256(), content);
    store.add(artifact);
    return artifact;
  }

  /// @throws Problem.Refused when there is none that `caller` may see
  public Artifact find(Caller caller, UUID id) {
    return store
        .find(id)
        .filter(artifact -> caller.mayAccess(artifact.owner()))
        .orElseThrow(() -> new Problem.NotFound("artifact: " + id).refused());
  }

  /// Opens a stretch of an artifact's bytes; the caller closes it.
  public InputStream open(Artifact artifact, long offset, long length) throws IOException {
    return storage.open(artifact.sha256(), offset, length);
  }

  /// The artifacts of a task, oldest first.
  public List<Artifact> ofTask(TaskId task) {
    return store.ofTask(task);
  }

  private Artifact describe(
      TaskId task, String owner, String name, String type, String contentType, byte[] content) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Artifact(
        IDS.generate(),
        task,
        owner,
        name,
        type,
        contentType,
        content.length,
        Sha256.hex(content),
        now);
  }

  /// The trace of an upload is that of its request, which every line of it tells.
  private static LoggingEventBuilder rejected(TaskId task, long size) {
    return log.atWarn()
        .addKeyValue("event", "artifact_rejected")
        .addKeyValue("task_id", task)
        .addKeyValue("size", size);
  }
}
