package dev.errand.testkit.memory;

import dev.errand.engine.cache.Cache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A cache in memory. Thread-safe.
public final class InMemoryCache implements Cache {
  private final InstantSource clock;
  private final Map<String, Kept> values = new HashMap<>();

  private record Kept(String value, Instant until) {}

  public InMemoryCache(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key))
        .filter(kept -> kept.until().isAfter(clock.instant()))
        .map(Kept::value);
  }

  @Override
  public synchronized void put(String key, String value, Duration life) {
    values.values().removeIf(kept -> !kept.until().isAfter(clock.instant()));
    values.put(key, new Kept(value, clock.instant().plus(life)));
  }
}
