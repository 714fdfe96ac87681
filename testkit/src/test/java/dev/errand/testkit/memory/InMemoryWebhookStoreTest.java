package dev.errand.testkit.memory;

import dev.errand.testkit.contract.WebhookStoreContract;
import dev.errand.testkit.contract.StoreUnderTest;

class InMemoryWebhookStoreTest extends WebhookStoreContract {
  @Override
  protected StoreUnderTest emptyStore() {
    return InMemoryUnderTest.empty();
  }
}
