package dev.errand.testkit.memory;

import dev.errand.testkit.contract.ArtifactStoreContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryArtifactStoreTest extends ArtifactStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
