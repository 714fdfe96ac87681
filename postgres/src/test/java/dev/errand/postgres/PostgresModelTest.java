package dev.errand.postgres;

import dev.errand.testkit.model.ModelledStore;
import dev.errand.testkit.model.StoreModelContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresModelTest extends StoreModelContract {
  @RegisterExtension static final TestDatabase server = TestDatabase.empty();

  private static final ModelDatabases databases = new ModelDatabases(server);

  @Override
  protected ModelledStore emptyStore() {
    return databases.emptyStore();
  }

  @AfterAll
  static void close() {
    databases.close();
  }
}
