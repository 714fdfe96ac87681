package dev.errand.testkit.memory;

import dev.errand.testkit.contract.RescueContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryRescueTest extends RescueContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
