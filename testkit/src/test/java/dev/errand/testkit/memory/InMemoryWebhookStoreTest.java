package dev.errand.testkit.memory;

import dev.errand.testkit.contract.StoreUnderTest;
import dev.errand.testkit.contract.WebhookStoreContract;

class InMemoryWebhookStoreTest extends WebhookStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
