package dev.errand.testkit.memory;

import dev.errand.testkit.contract.ExpiryContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryExpiryTest extends ExpiryContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
