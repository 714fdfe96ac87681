package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;
import static dev.errand.postgres.Database.instantOrNull;

import dev.errand.engine.access.ApiKey;
import dev.errand.engine.access.ApiKeys;
import dev.errand.engine.access.Caller.Role;
import dev.errand.engine.access.Digest;
import dev.errand.engine.access.Scope;
import dev.errand.postgres.Database.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// API keys on PostgreSQL.
public final class PostgresApiKeys implements ApiKeys {
  private static final String ADD =
      """
      INSERT INTO api_keys (id, owner, name, prefix, secret, scopes, role, created_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /// Who has no row in users is the administrator or comes from an OpenID Connect issuer.
  private static final String VALID =
      """
      SELECT k.*, coalesce(u.role, k.role) AS owners_role
        FROM api_keys k LEFT JOIN users u ON u.name = k.owner
       WHERE k.secret = ? AND k.revoked_at IS NULL
         AND (k.expires_at IS NULL OR k.expires_at > now()) AND u.disabled_at IS NULL
      """;

  private static final String FIND = "SELECT * FROM api_keys WHERE id = ?";

  private static final String LIST =
      """
      SELECT * FROM api_keys
       WHERE (?::text IS NULL OR owner = ?) AND (?::uuid IS NULL OR id < ?)
       ORDER BY id DESC LIMIT ?
      """;

  private static final String REVOKE =
      "UPDATE api_keys SET revoked_at = now() WHERE id = ? AND revoked_at IS NULL";

  private static final String USED =
      """
      UPDATE api_keys SET last_used_at = now()
       WHERE id = ? AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
      """;

  private final Database database;

  public PostgresApiKeys(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public void add(ApiKey key, Digest secret) {
    database.update(
        ADD,
        key.id(),
        key.owner(),
        key.name(),
        key.prefix(),
        secret.hex(),
        new Array("text", key.scopes().stream().map(Scope::toString).sorted().toList()),
        key.role().toString(),
        key.createdAt(),
        key.expiresAt());
  }

  @Override
  public Optional<ApiKey> valid(Digest secret) {
    return database.queryOne(
        VALID,
        row ->
            read(
                row,
                PostgresUsers.role(row.getString("role"))
                    .orLess(PostgresUsers.role(row.getString("owners_role")))),
        secret.hex());
  }

  @Override
  public Optional<ApiKey> find(UUID id) {
    return database.queryOne(FIND, PostgresApiKeys::read, id);
  }

  @Override
  public List<ApiKey> list(@Nullable String owner, @Nullable UUID before, int limit) {
    return database.query(LIST, PostgresApiKeys::read, owner, owner, before, before, limit);
  }

  @Override
  public boolean revoke(UUID id) {
    return database.update(REVOKE, id) > 0;
  }

  @Override
  public void used(UUID id) {
    database.update(USED, id);
  }

  private static ApiKey read(ResultSet row) throws SQLException {
    return read(row, PostgresUsers.role(row.getString("role")));
  }

  private static ApiKey read(ResultSet row, Role role) throws SQLException {
    return new ApiKey(
        row.getObject("id", UUID.class),
        row.getString("owner"),
        row.getString("name"),
        row.getString("prefix"),
        scopes((String[]) row.getArray("scopes").getArray()),
        role,
        instant(row, "created_at"),
        instantOrNull(row, "expires_at"),
        instantOrNull(row, "revoked_at"),
        instantOrNull(row, "last_used_at"));
  }

  /// Without those that only a newer version knows.
  private static Set<Scope> scopes(String[] words) {
    return Arrays.stream(words)
        .map(Scope::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }
}
