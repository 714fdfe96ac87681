package dev.errand.server.database;

import dev.errand.engine.task.StoreUnavailable;
import dev.errand.postgres.HistoryPartitions;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the partitions of the coming weeks, every day.
public final class PartitionsAhead implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PartitionsAhead.class);
  private static final Duration EVERY = Duration.ofDays(1);
  private static final Duration AFTER_ERROR = Duration.ofMinutes(5);

  private final HistoryPartitions partitions;
  private final Thread thread = Thread.ofVirtual().name("partitions-ahead").unstarted(this::run);

  private PartitionsAhead(HistoryPartitions partitions) {
    this.partitions = partitions;
  }

  /// Starts; the first time is now.
  public static PartitionsAhead start(HistoryPartitions partitions) {
    PartitionsAhead ahead = new PartitionsAhead(partitions);
    ahead.thread.start();
    return ahead;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(makeAhead() ? EVERY : AFTER_ERROR);
      }
    } catch (InterruptedException _) {
      // The server stops.
    }
  }

  private boolean makeAhead() {
    try {
      partitions.makeAhead();
      return true;
    } catch (StoreUnavailable | IllegalStateException e) {
      if (Thread.currentThread().isInterrupted()) {
        return false; // the server stops
      }
      log.atWarn()
          .addKeyValue("event", "partitions_not_made")
          .log("The partitions of the coming weeks are made later: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
