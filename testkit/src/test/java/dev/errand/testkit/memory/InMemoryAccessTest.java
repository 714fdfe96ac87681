package dev.errand.testkit.memory;

import dev.errand.engine.access.ApiKeys;
import dev.errand.engine.access.Logins;
import dev.errand.engine.access.Users;
import dev.errand.testkit.contract.AccessContract;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;

class InMemoryAccessTest extends AccessContract {
  private final SettableClock clock = new SettableClock();
  private final InMemoryAccess access = new InMemoryAccess(clock);

  @Override
  protected Users users() {
    return access.users();
  }

  @Override
  protected Logins logins() {
    return access.logins();
  }

  @Override
  protected ApiKeys keys() {
    return access.apiKeys();
  }

  @Override
  protected Instant now() {
    return clock.instant();
  }

  @Override
  protected void timePasses(Duration time) {
    clock.advance(time);
  }
}
