package dev.errand.testkit.memory;

import dev.errand.testkit.contract.DeadLettersContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryDeadLettersTest extends DeadLettersContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
