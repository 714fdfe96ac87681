package dev.errand.engine.artifact;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.task.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Keeps what is known of artifacts; the bytes are in [ArtifactStorage]. Thread-safe; may block.
public interface ArtifactStore {

  /// Records an artifact of a running attempt. One of the same task, type and name is replaced and
  /// keeps its id: an attempt may store again what an earlier one stored.
  ///
  /// @return the artifact as recorded, empty when the lease is lost
  Optional<Artifact> put(Lease lease, Artifact artifact);

  /// Records an artifact that a caller uploaded.
  void add(Artifact artifact);

  Optional<Artifact> find(UUID id);

  /// The artifacts of a task, oldest first.
  List<Artifact> ofTask(TaskId task);
}
