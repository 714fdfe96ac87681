package dev.errand.postgres;

import dev.errand.engine.signal.Signals;
import dev.errand.testkit.contract.SignalsContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSignalsTest extends SignalsContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private final List<PostgresSignals> nodes = new ArrayList<>();

  @Override
  protected Signals signals() throws InterruptedException {
    return node();
  }

  @Override
  protected Signals otherNode() throws InterruptedException {
    if (nodes.size() == 1) {
      node();
    }
    return nodes.getLast();
  }

  private Signals node() throws InterruptedException {
    PostgresSignals node = PostgresSignals.start(PostgresUnderTest.sessions(database));
    nodes.add(node);
    node.awaitListening();
    return node;
  }

  @AfterEach
  void close() {
    nodes.forEach(PostgresSignals::close);
  }
}
