package dev.errand.testkit.memory;

import dev.errand.engine.cache.Cache;
import dev.errand.testkit.contract.CacheContract;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;

class InMemoryCacheTest extends CacheContract {
  private final SettableClock clock = new SettableClock();

  @Override
  protected Cache emptyCache() {
    return new InMemoryCache(clock);
  }

  @Override
  protected void timePasses(Duration time) {
    clock.advance(time);
  }
}
