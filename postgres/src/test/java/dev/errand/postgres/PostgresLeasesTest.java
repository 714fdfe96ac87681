package dev.errand.postgres;

import dev.errand.testkit.contract.LeasesContract;
import dev.errand.testkit.contract.StoreUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresLeasesTest extends LeasesContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Override
  protected StoreUnderTest emptyStore() {
    return PostgresUnderTest.empty(database);
  }
}
