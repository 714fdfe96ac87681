package dev.errand.testkit.memory;

import dev.errand.testkit.contract.LineContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryLineTest extends LineContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
