package dev.errand.postgres;

import dev.errand.testkit.contract.ScheduleStoreContract;
import dev.errand.testkit.contract.SchedulesUnderTest;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresScheduleStoreTest extends ScheduleStoreContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Override
  protected SchedulesUnderTest emptyStore() {
    return PostgresSchedulesUnderTest.empty(database);
  }
}
