package dev.errand.server.metrics;

import dev.errand.engine.queue.Queue;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.task.StoreUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many tasks each queue holds, `errand_queue_tasks{queue,status}`: counted no more often than
/// every few seconds, however many ask. Those that wait for another attempt are `pending`. Anybody
/// can invent queues: beyond the fullest hundred they count together, as `(other)`.
public final class QueueTasks {
  private static final Logger log = LoggerFactory.getLogger(QueueTasks.class);
  private static final Duration FRESH_FOR = Duration.ofSeconds(5);
  private static final int SHOWN = 100;

  private final QueueStore queues;
  private final MultiGauge gauge;
  private long staleNanos = System.nanoTime();

  public QueueTasks(QueueStore queues, MeterRegistry registry) {
    this.queues = queues;
    this.gauge = MultiGauge.builder("errand.queue.tasks").register(registry);
  }

  /// Counts anew when the last count is old; without the database nothing is said.
  synchronized void refresh() {
    if (System.nanoTime() - staleNanos < 0) {
      return;
    }
    gauge.register(count(), true);
    staleNanos = System.nanoTime() + FRESH_FOR.toNanos();
  }

  private List<Row<?>> count() {
    try {
      return shown(queues.all()).<Row<?>>flatMap(QueueTasks::rows).toList();
    } catch (StoreUnavailable e) {
      log.debug("Tasks are not counted: {}", e.getMessage());
      return List.of();
    }
  }

  private static Stream<Queue> shown(List<Queue> all) {
    List<Queue> fullest =
        all.stream().sorted(Comparator.comparingLong(QueueTasks::tasks).reversed()).toList();
    return Stream.concat(
        fullest.stream().limit(SHOWN),
        fullest.stream().skip(SHOWN).reduce(QueueTasks::together).stream());
  }

  private static long tasks(Queue queue) {
    return queue.waiting() + queue.later() + queue.running();
  }

  private static Queue together(Queue one, Queue another) {
    return new Queue(
        TaskMeters.OTHER,
        false,
        Limit.NONE,
        one.waiting() + another.waiting(),
        one.later() + another.later(),
        one.running() + another.running());
  }

  private static Stream<Row<?>> rows(Queue queue) {
    return Stream.of(
        row(queue, "queued", queue.waiting()),
        row(queue, "pending", queue.later()),
        row(queue, "running", queue.running()));
  }

  private static Row<?> row(Queue queue, String status, long tasks) {
    return Row.of(Tags.of("queue", queue.name(), "status", status), tasks);
  }
}
