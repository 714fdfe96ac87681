package dev.errand.postgres;

import dev.errand.engine.access.SigningKeys;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/// Signing keys on PostgreSQL.
public final class PostgresSigningKeys implements SigningKeys {
  private static final String ALL =
      """
      SELECT id, jwk FROM signing_keys
       WHERE ends_at IS NULL OR ends_at > now()
       ORDER BY ends_at IS NULL DESC, created_at DESC, id
      """;

  /// Keys that were ending already end no later than they would have.
  private static final String ADD =
      """
      WITH others AS (
        UPDATE signing_keys
           SET ends_at = least(ends_at, now() + ? * interval '1 millisecond')
         WHERE ends_at IS NULL OR ends_at > now())
      INSERT INTO signing_keys (id, jwk) VALUES (?, ?)
      """;

  private final Database database;

  public PostgresSigningKeys(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public List<SigningKey> all() {
    return database.query(ALL, row -> new SigningKey(row.getString("id"), row.getString("jwk")));
  }

  @Override
  public void add(SigningKey key, Duration othersFor) {
    database.update(ADD, othersFor.toMillis(), key.id(), key.jwk());
  }
}
