package dev.errand.testkit.memory;

import dev.errand.testkit.contract.RatesContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryRatesTest extends RatesContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
