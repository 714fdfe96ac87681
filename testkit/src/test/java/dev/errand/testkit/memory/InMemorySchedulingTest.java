package dev.errand.testkit.memory;

import dev.errand.testkit.contract.SchedulingContract;
import dev.errand.testkit.contract.SchedulesUnderTest;

class InMemorySchedulingTest extends SchedulingContract {
  @Override
  protected SchedulesUnderTest emptyStore() {
    return InMemorySchedulesUnderTest.empty();
  }
}
