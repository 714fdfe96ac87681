package dev.errand.testkit.memory;

import dev.errand.engine.artifact.ArtifactStorage;
import dev.errand.testkit.contract.ArtifactStorageContract;

class InMemoryArtifactStorageTest extends ArtifactStorageContract {
  @Override
  protected ArtifactStorage emptyStorage() {
    return new InMemoryArtifactStorage();
  }
}
