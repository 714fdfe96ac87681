package dev.errand.engine.worker;

import dev.errand.engine.loop.Loop;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.task.TaskStore.Expired;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fails tasks that nobody has started in time. Any number of nodes may run one, and those that run
/// no tasks should too: it is where no worker is left that time runs out.
public final class Expirer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Expirer.class);
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final int TOGETHER = 500;

  private final TaskStore tasks;
  private final Signals signals;
  private final Loop loop = new Loop("expirer", EVERY, this::expireOnce);

  private Expirer(TaskStore tasks, Signals signals) {
    this.tasks = tasks;
    this.signals = signals;
  }

  public static Expirer start(TaskStore tasks, Signals signals) {
    Expirer expirer = new Expirer(tasks, signals);
    expirer.loop.start();
    return expirer;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void expireOnce() throws InterruptedException {
    List<Expired> expired = tasks.expire(TOGETHER);
    if (!expired.isEmpty()) {
      log.atWarn()
          .addKeyValue("event", "tasks_expired")
          .log("Nobody started {} tasks in time", expired.size());
    }
    expired.forEach(task -> signals.changed(task.id()));
    if (expired.size() < TOGETHER) {
      Thread.sleep(EVERY);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
