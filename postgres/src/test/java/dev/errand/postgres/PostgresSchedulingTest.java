package dev.errand.postgres;

import dev.errand.testkit.contract.SchedulingContract;
import dev.errand.testkit.contract.StoreUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSchedulingTest extends SchedulingContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Override
  protected StoreUnderTest emptyStore() {
    return PostgresUnderTest.empty(database);
  }
}
