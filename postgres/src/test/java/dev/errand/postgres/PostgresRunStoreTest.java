package dev.errand.postgres;

import dev.errand.engine.run.RunStore;
import dev.errand.testkit.contract.RunStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresRunStoreTest extends RunStoreContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private final PostgresRuns store = new PostgresRuns(database.pool());

  @BeforeEach
  void clear() {
    new Database(database.pool()).update("TRUNCATE runs CASCADE");
  }

  @Override
  protected RunStore store() {
    return store;
  }
}
