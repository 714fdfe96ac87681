package dev.errand.testkit.memory;

import dev.errand.testkit.contract.FeedContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryFeedTest extends FeedContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
