package dev.errand.testkit.memory;

import dev.errand.testkit.contract.SchedulesUnderTest;
import dev.errand.testkit.contract.SchedulingContract;

class InMemorySchedulingTest extends SchedulingContract {
  @Override
  protected SchedulesUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
