package dev.errand.handlers.json;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.cache.Cache;
import dev.errand.engine.task.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;

/// Values in the cache that all nodes share, as JSON. A convenience: while the database is away,
/// nothing is found and nothing is kept. Thread-safe.
public final class JsonCache {
  private final Cache cache;
  private final Json json;

  public JsonCache(Cache cache, Json json) {
    this.cache = cache;
    this.json = json;
  }

  /// Empty when nothing is cached under `key`, or something that is no `type` of this version.
  public <T> Optional<T> find(String key, Class<T> type) {
    try {
      return cache.find(key).map(text -> json.read(text, type));
    } catch (StoreUnavailable | InvalidParams _) {
      // The database is away, or the value was written by another version.
      return Optional.empty();
    }
  }

  /// @param value that can become JSON and back
  /// @param life how long it is kept; with zero or less it is not
  public void keep(String key, Object value, Duration life) {
    if (life.isPositive()) {
      try {
        cache.put(key, json.write(value), life);
      } catch (StoreUnavailable _) {
        // The next caller makes the value again.
      }
    }
  }
}
