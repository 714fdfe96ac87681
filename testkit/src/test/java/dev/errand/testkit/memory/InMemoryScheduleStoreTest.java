package dev.errand.testkit.memory;

import dev.errand.testkit.contract.ScheduleStoreContract;
import dev.errand.testkit.contract.SchedulesUnderTest;

class InMemoryScheduleStoreTest extends ScheduleStoreContract {
  @Override
  protected SchedulesUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
