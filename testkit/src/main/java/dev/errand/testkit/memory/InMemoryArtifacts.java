package dev.errand.testkit.memory;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.task.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is known of artifacts, in memory.
record InMemoryArtifacts(Rows rows) implements ArtifactStore {

  @Override
  public Optional<Artifact> put(Lease lease, Artifact artifact) {
    return rows.locked(_ ->
        rows.task(lease.task())
            .filter(row -> row.holds(lease.token()))
            .map(_ -> rows.put(artifact)));
  }

  @Override
  public void add(Artifact artifact) {
    rows.locked(_ -> {
      rows.add(artifact);
      return true;
    });
  }

  @Override
  public Optional<Artifact> find(UUID id) {
    return rows.locked(_ -> rows.artifact(id));
  }

  @Override
  public List<Artifact> ofTask(TaskId task) {
    return rows.locked(_ -> rows.artifactsOf(task));
  }
}
