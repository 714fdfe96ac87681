package dev.errand.testkit.memory;

import dev.errand.testkit.contract.StoreUnderTest;
import dev.errand.testkit.contract.BatchContract;

class InMemoryBatchTest extends BatchContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
