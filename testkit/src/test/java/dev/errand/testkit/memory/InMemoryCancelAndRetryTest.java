package dev.errand.testkit.memory;

import dev.errand.testkit.contract.CancelAndRetryContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryCancelAndRetryTest extends CancelAndRetryContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
