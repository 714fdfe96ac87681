package dev.errand.testkit.memory;

import dev.errand.testkit.contract.HistoryContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryHistoryTest extends HistoryContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
