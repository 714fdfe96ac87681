package dev.errand.postgres;

import dev.errand.engine.access.ApiKeys;
import dev.errand.engine.access.Logins;
import dev.errand.engine.access.Users;
import dev.errand.testkit.contract.AccessContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresAccessTest extends AccessContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final List<String> AGE =
      List.of(
          """
          UPDATE users SET created_at = created_at - given.age, disabled_at = disabled_at - given.age
            FROM (SELECT ? * interval '1 millisecond' AS age) AS given
          """,
          """
          UPDATE logins
             SET created_at = created_at - given.age, expires_at = expires_at - given.age,
                 renewed_at = renewed_at - given.age, ended_at = ended_at - given.age
            FROM (SELECT ? * interval '1 millisecond' AS age) AS given
          """,
          """
          UPDATE api_keys
             SET created_at = created_at - given.age, expires_at = expires_at - given.age,
                 revoked_at = revoked_at - given.age, last_used_at = last_used_at - given.age
            FROM (SELECT ? * interval '1 millisecond' AS age) AS given
          """);

  private final Database sql = new Database(database.pool());

  @BeforeEach
  void clear() {
    sql.update("TRUNCATE users, logins, api_keys");
  }

  @Override
  protected Users users() {
    return new PostgresUsers(database.pool());
  }

  @Override
  protected Logins logins() {
    return new PostgresLogins(database.pool());
  }

  @Override
  protected ApiKeys keys() {
    return new PostgresApiKeys(database.pool());
  }

  @Override
  protected Instant now() {
    return sql.query("SELECT now() AS now", row -> Database.instant(row, "now")).getFirst();
  }

  @Override
  protected void timePasses(Duration time) {
    AGE.forEach(statement -> sql.update(statement, time.toMillis()));
  }
}
