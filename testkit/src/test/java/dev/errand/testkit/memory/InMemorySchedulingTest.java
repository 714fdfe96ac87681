package dev.errand.testkit.memory;

import dev.errand.testkit.contract.SchedulingContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemorySchedulingTest extends SchedulingContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
