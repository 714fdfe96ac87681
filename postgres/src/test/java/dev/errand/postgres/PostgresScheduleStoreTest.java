package dev.errand.postgres;

import dev.errand.testkit.contract.ScheduleStoreContract;
import dev.errand.testkit.contract.StoreUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresScheduleStoreTest extends ScheduleStoreContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Override
  protected StoreUnderTest emptyStore() {
    return PostgresUnderTest.empty(database);
  }
}
