package dev.errand.postgres;

import dev.errand.testkit.contract.FeedContract;
import dev.errand.testkit.contract.StoreUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresFeedTest extends FeedContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Override
  protected StoreUnderTest emptyStore() {
    return PostgresUnderTest.empty(database);
  }
}
