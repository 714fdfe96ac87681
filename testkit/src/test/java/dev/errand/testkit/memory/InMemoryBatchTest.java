package dev.errand.testkit.memory;

import dev.errand.testkit.contract.BatchContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryBatchTest extends BatchContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
