package dev.errand.handlers.json;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.cache.Cache;
import dev.errand.engine.task.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;

/// Values that all nodes share for a while. It is a convenience: without a database nothing is
/// remembered, and whoever asks does without.
///
/// Thread-safe.
public final class JsonCache {
  private final Cache cache;
  private final Json json;

  public JsonCache(Cache cache, Json json) {
    this.cache = cache;
    this.json = json;
  }

  public <T> Optional<T> find(String key, Class<T> type) {
    try {
      return cache.find(key).map(text -> json.read(text, type));
    } catch (StoreUnavailable | InvalidParams _) {
      // Away, or written by another version.
      return Optional.empty();
    }
  }

  /// @param value that can become JSON and back
  /// @param life nothing is kept when it is not longer than 0
  public void keep(String key, Object value, Duration life) {
    if (life.isPositive()) {
      try {
        cache.put(key, json.write(value), life);
      } catch (StoreUnavailable _) {
        // Then the next one asks anew.
      }
    }
  }
}
