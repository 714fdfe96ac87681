package dev.errand.testkit.memory;

import dev.errand.testkit.contract.OutcomesContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryOutcomesTest extends OutcomesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
