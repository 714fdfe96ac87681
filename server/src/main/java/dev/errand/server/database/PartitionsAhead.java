package dev.errand.server.database;

import dev.errand.engine.loop.Loop;
import dev.errand.postgres.HistoryPartitions;
import java.time.Duration;

/// Makes the partitions of the coming weeks, every day; the first time is now.
public final class PartitionsAhead implements AutoCloseable {
  private static final Duration EVERY = Duration.ofDays(1);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(5);

  private final HistoryPartitions partitions;
  private final Loop loop = new Loop("partitions", AFTER_ERROR, this::round);
  private long nextNanos = System.nanoTime();

  private PartitionsAhead(HistoryPartitions partitions) {
    this.partitions = partitions;
  }

  public static PartitionsAhead start(HistoryPartitions partitions) {
    PartitionsAhead ahead = new PartitionsAhead(partitions);
    ahead.loop.start();
    return ahead;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void round() throws InterruptedException {
    long left = nextNanos - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
    partitions.makeAhead();
    nextNanos = System.nanoTime() + EVERY.toNanos();
  }

  @Override
  public void close() {
    loop.close();
  }
}
