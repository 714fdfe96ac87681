package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.cache.Cache;
import dev.errand.testkit.contract.CacheContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresCacheTest extends CacheContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private final Database sql = new Database(database.pool());

  @Override
  protected Cache emptyCache() {
    sql.update("TRUNCATE cache");
    return new PostgresCache(database.pool());
  }

  @Override
  protected void timePasses(Duration time) {
    sql.update(
        "UPDATE cache SET expires_at = expires_at - ? * interval '1 millisecond'", time.toMillis());
  }

  @Test
  void what_has_expired_does_not_gather() {
    Cache cache = emptyCache();
    for (int i = 0; i < 25; i++) {
      cache.put("old " + i, "1", Duration.ofHours(1));
    }
    timePasses(Duration.ofHours(2));
    for (int i = 0; i < 3; i++) {
      cache.put("new " + i, "1", Duration.ofHours(1));
    }

    assertThat(sql.count("SELECT count(*) FROM cache")).isEqualTo(3);
  }
}
