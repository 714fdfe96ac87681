package dev.errand.testkit.memory;

import dev.errand.testkit.contract.StoreUnderTest;
import dev.errand.testkit.contract.RatesContract;

class InMemoryRatesTest extends RatesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
