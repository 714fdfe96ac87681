package dev.errand.testkit.memory;

import dev.errand.testkit.contract.ScheduleStoreContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryScheduleStoreTest extends ScheduleStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
