package dev.errand.postgres;

import dev.errand.testkit.contract.StoreUnderTest;
import dev.errand.testkit.contract.WebhookStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresWebhookStoreTest extends WebhookStoreContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Override
  protected StoreUnderTest emptyStore() {
    return PostgresUnderTest.empty(database);
  }
}
