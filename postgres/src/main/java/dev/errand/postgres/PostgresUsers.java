package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.access.Caller.Role;
import dev.errand.engine.access.User;
import dev.errand.engine.access.UserName;
import dev.errand.engine.access.Users;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Users on PostgreSQL.
public final class PostgresUsers implements Users {
  private static final String ADD =
      """
      INSERT INTO users (name, role, password_hash) VALUES (?, ?, ?)
          ON CONFLICT DO NOTHING
      RETURNING *
      """;

  private static final String FIND = "SELECT * FROM users WHERE name = ?";

  private static final String LIST =
      "SELECT * FROM users WHERE ?::text IS NULL OR name > ? ORDER BY name LIMIT ?";

  private static final String CHANGE =
      """
      WITH changed AS (
        UPDATE users
           SET role = coalesce(?, role),
               disabled_at = CASE ?::boolean WHEN true THEN coalesce(disabled_at, now())
                                             WHEN false THEN NULL
                                             ELSE disabled_at END
         WHERE name = ?
        RETURNING *),
      ended AS (
        UPDATE logins SET ended_at = now()
          FROM changed
         WHERE user_name = changed.name AND changed.disabled_at IS NOT NULL AND ended_at IS NULL)
      SELECT * FROM changed
      """;

  private static final String SET_PASSWORD = "UPDATE users SET password_hash = ? WHERE name = ?";

  private static final String REHASH =
      "UPDATE users SET password_hash = ? WHERE name = ? AND password_hash = ?";

  private static final String END_LOGINS =
      "UPDATE logins SET ended_at = now() WHERE user_name = ? AND ended_at IS NULL";

  private final Database database;

  public PostgresUsers(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public Optional<User> add(UserName name, Role role, String passwordHash) {
    return database.queryOne(ADD, PostgresUsers::read, name.value(), role.toString(), passwordHash);
  }

  @Override
  public Optional<User> find(UserName name) {
    return database.queryOne(FIND, PostgresUsers::read, name.value());
  }

  @Override
  public Optional<String> passwordHash(UserName name) {
    return database.queryOne(FIND, row -> row.getString("password_hash"), name.value());
  }

  @Override
  public List<User> list(@Nullable UserName after, int limit) {
    String last = after == null ? null : after.value();
    return database.query(LIST, PostgresUsers::read, last, last, limit);
  }

  @Override
  public Optional<User> change(UserName name, @Nullable Role role, @Nullable Boolean disabled) {
    return database.queryOne(
        CHANGE, PostgresUsers::read, role == null ? null : role.toString(), disabled, name.value());
  }

  /// In this order: whoever opens a login with the old password waits for the user's row.
  @Override
  public boolean setPassword(UserName name, String passwordHash) {
    return database.inTransaction(connection -> {
      int changed = Database.update(connection, SET_PASSWORD, passwordHash, name.value());
      Database.update(connection, END_LOGINS, name.value());
      return changed > 0;
    });
  }

  @Override
  public void rehash(UserName name, String from, String to) {
    database.update(REHASH, to, name.value(), from);
  }

  static User read(ResultSet row) throws SQLException {
    return new User(
        new UserName(row.getString("name")),
        role(row.getString("role")),
        row.getObject("disabled_at") != null,
        instant(row, "created_at"));
  }

  static Role role(String word) {
    return Role.of(word)
        .orElseThrow(() -> new IllegalStateException("The database has the role " + word));
  }
}
