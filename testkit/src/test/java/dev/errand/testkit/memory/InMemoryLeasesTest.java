package dev.errand.testkit.memory;

import dev.errand.testkit.contract.LeasesContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryLeasesTest extends LeasesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
