package dev.errand.testkit.memory;

import dev.errand.engine.run.RunStore;
import dev.errand.testkit.contract.RunStoreContract;
import java.time.InstantSource;

class InMemoryRunStoreTest extends RunStoreContract {
  private final InMemoryRuns store = new InMemoryRuns(InstantSource.system());

  @Override
  protected RunStore store() {
    return store;
  }
}
