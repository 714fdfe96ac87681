package dev.errand.postgres;

import dev.errand.testkit.contract.ExpiryContract;
import dev.errand.testkit.contract.StoreUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresExpiryTest extends ExpiryContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Override
  protected StoreUnderTest emptyStore() {
    return PostgresUnderTest.empty(database);
  }
}
