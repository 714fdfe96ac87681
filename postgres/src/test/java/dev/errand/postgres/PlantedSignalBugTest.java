package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.signal.Signals;
import dev.errand.testkit.contract.SignalsContract;
import dev.errand.testkit.model.PlantedBugTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The contract of signals finds a notification that is lost: the model test asks nobody to wait.
class PlantedSignalBugTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  @Test
  void a_lost_notification_is_found() throws Exception {
    PlantedSqlBug bug = PlantedSqlBug.A_NOTIFICATION_IS_LOST;

    assertThat(failureWith(UnaryOperator.identity())).isNull();
    assertThat(failureWith(bug.planted())).isInstanceOf(AssertionError.class);

    PlantedBugTable.in("../docs/planted-bugs.md")
        .tells(bug.name(), bug.place(), "PlantedSignalBugTest");
  }

  private static @Nullable Throwable failureWith(UnaryOperator<DataSource> bug) throws Exception {
    try (Contract contract = new Contract(bug)) {
      contract.call("connect");
      contract.call("work_is_heard_by_all_who_listen");
      contract.call("unsubscribe");
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private static final class Contract extends SignalsContract implements AutoCloseable {
    private final UnaryOperator<DataSource> bug;
    private final List<PostgresSignals> nodes = new ArrayList<>();

    Contract(UnaryOperator<DataSource> bug) {
      this.bug = bug;
    }

    void call(String method) throws Exception {
      Method found = SignalsContract.class.getDeclaredMethod(method);
      found.setAccessible(true);
      found.invoke(this);
    }

    @Override
    protected Signals signals() throws InterruptedException {
      PostgresSignals node = PostgresSignals.start(bug.apply(PostgresUnderTest.sessions(database)));
      nodes.add(node);
      node.awaitListening();
      return node;
    }

    @Override
    protected Signals otherNode() throws InterruptedException {
      return signals();
    }

    @Override
    public void close() {
      nodes.forEach(PostgresSignals::close);
    }
  }
}
