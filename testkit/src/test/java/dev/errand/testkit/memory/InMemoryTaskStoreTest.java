package dev.errand.testkit.memory;

import dev.errand.testkit.contract.StoreUnderTest;
import dev.errand.testkit.contract.TaskStoreContract;

class InMemoryTaskStoreTest extends TaskStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
