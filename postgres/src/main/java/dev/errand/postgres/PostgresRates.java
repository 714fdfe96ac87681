package dev.errand.postgres;

import dev.errand.engine.limits.Rates;
import java.time.Duration;
import javax.sql.DataSource;

/// Rates on PostgreSQL: a row for each owner, which nodes that take from it change in turn.
public final class PostgresRates implements Rates {
  /// A minute that lies ahead was begun before the clock was set back; it counts as over.
  private static final String TAKE =
      """
      INSERT INTO submission_rates AS r (owner, since, taken, granted)
      SELECT ?, now(), first, first FROM (SELECT least(?::bigint, ?::bigint) AS first) AS given
          ON CONFLICT (owner) DO UPDATE
         SET (since, taken, granted) = (
             SELECT began, used + can, can
               FROM (SELECT began, used,
                            CASE WHEN ?::bigint - used >= ? THEN least(?::bigint - used, ?::bigint)
                                 ELSE 0 END AS can
                       FROM (SELECT CASE WHEN over THEN now() ELSE r.since END AS began,
                                    CASE WHEN over THEN 0 ELSE r.taken END AS used
                               FROM (SELECT r.since NOT BETWEEN now() - interval '1 minute'
                                                        AND now() + interval '1 second' AS over)
                                 AS minute) AS before) AS after)
      RETURNING granted,
                (extract(epoch FROM since + interval '1 minute' - now()) * 1000)::bigint AS left_ms
      """;

  private static final String FORGET =
      "DELETE FROM submission_rates WHERE since < now() - ? * interval '1 millisecond'";

  private final Database database;

  public PostgresRates(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public Grant take(String owner, int need, int block, int limit) {
    return database
        .queryOne(
            TAKE,
            row -> new Grant(row.getInt("granted"), Duration.ofMillis(row.getLong("left_ms"))),
            owner,
            block,
            limit,
            limit,
            need,
            limit,
            block)
        .orElseThrow();
  }

  @Override
  public int forget(Duration age) {
    return database.update(FORGET, age.toMillis());
  }
}
