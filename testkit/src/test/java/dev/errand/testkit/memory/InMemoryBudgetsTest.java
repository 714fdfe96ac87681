package dev.errand.testkit.memory;

import dev.errand.testkit.contract.BudgetsContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryBudgetsTest extends BudgetsContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
