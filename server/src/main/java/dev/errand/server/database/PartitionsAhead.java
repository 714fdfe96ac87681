package dev.errand.server.database;

import dev.errand.engine.loop.Loop;
import dev.errand.postgres.HistoryPartitions;
import java.time.Duration;

/// Makes the partitions of the coming weeks, every day; the first time is now.
public final class PartitionsAhead implements AutoCloseable {
  private static final Duration EVERY = Duration.ofDays(1);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(5);

  private final Loop loop;

  private PartitionsAhead(HistoryPartitions partitions) {
    this.loop = Loop.every("partitions", Duration.ZERO, EVERY, AFTER_ERROR, partitions::makeAhead);
  }

  public static PartitionsAhead start(HistoryPartitions partitions) {
    PartitionsAhead ahead = new PartitionsAhead(partitions);
    ahead.loop.start();
    return ahead;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  @Override
  public void close() {
    loop.close();
  }
}
