package dev.errand.testkit.memory;

import dev.errand.testkit.contract.StoreUnderTest;
import dev.errand.testkit.contract.TaskListContract;

class InMemoryTaskListTest extends TaskListContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
