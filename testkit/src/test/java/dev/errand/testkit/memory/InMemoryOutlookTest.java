package dev.errand.testkit.memory;

import dev.errand.testkit.contract.OutlookContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryOutlookTest extends OutlookContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
