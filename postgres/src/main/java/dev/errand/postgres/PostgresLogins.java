package dev.errand.postgres;

import dev.errand.engine.access.Digest;
import dev.errand.engine.access.Logins;
import dev.errand.engine.access.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// Logins on PostgreSQL.
public final class PostgresLogins implements Logins {
  private static final String OPEN =
      """
      INSERT INTO logins (id, user_name, kind, secret, expires_at)
      SELECT ?, name, ?, ?, now() + ? * interval '1 millisecond'
        FROM users
       WHERE name = ? AND password_hash = ? AND disabled_at IS NULL
         FOR SHARE
      """;

  private static final String FIND =
      """
      SELECT users.*, logins.id, logins.kind, logins.secret
        FROM logins JOIN users ON users.name = logins.user_name
       WHERE logins.id = ? AND logins.ended_at IS NULL AND logins.expires_at > now()
         AND users.disabled_at IS NULL
      """;

  private static final String RENEW =
      """
      UPDATE logins SET secret = ?, previous_secret = secret, renewed_at = now()
        FROM users
       WHERE logins.id = ? AND logins.secret = ? AND logins.kind = 'token'
         AND logins.ended_at IS NULL AND logins.expires_at > now()
         AND users.name = logins.user_name AND users.disabled_at IS NULL
      RETURNING users.*
      """;

  private static final String WAS_JUST_USED =
      """
      SELECT previous_secret IS NOT NULL AND previous_secret = ?
             AND renewed_at > now() - ? * interval '1 millisecond' AS just_used
        FROM logins
       WHERE id = ? AND kind = 'token' AND ended_at IS NULL AND expires_at > now()
      """;

  private static final String END =
      "UPDATE logins SET ended_at = now() WHERE id = ? AND ended_at IS NULL RETURNING user_name";

  private static final String FORGET =
      """
      DELETE FROM logins
       WHERE least(ended_at, expires_at) < now() - ? * interval '1 millisecond'
      """;

  private final Database database;

  public PostgresLogins(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public boolean open(NewLogin login, String passwordHash) {
    int opened =
        database.update(
            OPEN,
            login.id(),
            login.kind().name().toLowerCase(Locale.ROOT),
            login.secret().hex(),
            login.life().toMillis(),
            login.user().value(),
            passwordHash);
    return opened > 0;
  }

  @Override
  public Optional<Live> find(UUID id) {
    return database.queryOne(FIND, PostgresLogins::read, id);
  }

  private static Live read(ResultSet row) throws SQLException {
    return new Live(
        row.getObject("id", UUID.class),
        PostgresUsers.read(row),
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        new Digest(row.getString("secret")));
  }

  @Override
  public Renewal renew(UUID id, Digest presented, Digest next, Duration grace) {
    return database
        .queryOne(RENEW, PostgresUsers::read, next.hex(), id, presented.hex())
        .<Renewal>map(Renewal.Renewed::new)
        .orElseGet(() -> refused(id, presented, grace));
  }

  private Renewal refused(UUID id, Digest presented, Duration grace) {
    Optional<Boolean> justUsed =
        database.queryOne(
            WAS_JUST_USED,
            row -> row.getBoolean("just_used"),
            presented.hex(),
            grace.toMillis(),
            id);
    if (justUsed.isEmpty()) {
      return new Renewal.Unknown();
    }
    return justUsed.get() ? new Renewal.JustUsed() : ended(id);
  }

  private Renewal ended(UUID id) {
    return database
        .queryOne(END, row -> new UserName(row.getString("user_name")), id)
        .<Renewal>map(Renewal.Reused::new)
        .orElseGet(Renewal.Unknown::new);
  }

  @Override
  public void end(UUID id) {
    database.query(END, row -> row.getString("user_name"), id);
  }

  @Override
  public int forget(Duration age) {
    return database.update(FORGET, age.toMillis());
  }
}
