package dev.errand.handlers.search;

import dev.errand.engine.attempt.Json;
import dev.errand.engine.cache.Cache;
import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.json.JsonCache;
import java.time.Duration;
import java.util.Optional;

/// Caches providers' answers for all nodes, each for the same time. Thread-safe.
final class AnswerCache {
  private final JsonCache remembered;
  private final Duration life;

  /// @param life zero to cache nothing
  AnswerCache(Cache cache, Json json, Duration life) {
    this.remembered = new JsonCache(cache, json);
    this.life = life;
  }

  /// The same for a query of a single search and of a batch.
  static String key(String source, SearchQuery query) {
    return "search:" + source + ":" + Sha256.hex(query.toString());
  }

  <T> Optional<T> find(String key, Class<T> type) {
    return life.isZero() ? Optional.empty() : remembered.find(key, type);
  }

  void keep(String key, Object value) {
    remembered.keep(key, value, life);
  }
}
