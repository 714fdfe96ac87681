package dev.errand.postgres;

import java.util.List;
import javax.sql.DataSource;

/// The weekly partitions of the history tables.
public final class HistoryPartitions {
  /// Ids carry the time of their node's clock, which may be a little behind.
  private static final String MAKE =
      "SELECT create_history_partitions(now() - interval '1 day', now() + interval '14 days')";

  private final Database database;

  public HistoryPartitions(DataSource connections) {
    this.database = new Database(connections);
  }

  /// Makes the partitions of this week and the next two where they are missing. To be called at
  /// start and at least once a week; several nodes may do so at once.
  ///
  /// @throws IllegalStateException when some could not be made; the others are
  public void makeAhead() {
    List<String> missing = database.query(MAKE, row -> row.getString(1));
    if (!missing.isEmpty()) {
      throw new IllegalStateException("Not made: " + String.join("; ", missing));
    }
  }
}
