package dev.errand.postgres;

import dev.errand.testkit.contract.StoreUnderTest;
import dev.errand.testkit.model.StoreModelContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresModelTest extends StoreModelContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Override
  protected StoreUnderTest emptyStore() {
    return PostgresUnderTest.empty(database);
  }
}
