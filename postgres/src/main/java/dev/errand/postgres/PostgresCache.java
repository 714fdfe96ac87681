package dev.errand.postgres;

import dev.errand.engine.cache.Cache;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/// The cache on PostgreSQL: a row for each key.
public final class PostgresCache implements Cache {
  private static final String FIND = "SELECT value FROM cache WHERE key = ? AND expires_at > now()";

  private static final String PUT =
      """
      INSERT INTO cache AS c (key, value, expires_at)
      VALUES (?, ?, now() + ? * interval '1 millisecond')
          ON CONFLICT (key) DO UPDATE
         SET value = excluded.value, expires_at = excluded.expires_at
      """;

  /// More than one put adds, so that what has expired does not gather.
  private static final String SWEEP =
      """
      DELETE FROM cache
       WHERE key = ANY (ARRAY(
             SELECT key FROM cache WHERE expires_at <= now()
              ORDER BY expires_at LIMIT 10 FOR UPDATE SKIP LOCKED))
      """;

  private final Database database;

  public PostgresCache(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public Optional<String> find(String key) {
    return database.queryOne(FIND, row -> row.getString("value"), key);
  }

  @Override
  public void put(String key, String value, Duration life) {
    database.update(PUT, key, value, life.toMillis());
    database.update(SWEEP);
  }
}
