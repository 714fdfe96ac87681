package dev.errand.handlers.search;

import dev.errand.engine.attempt.Json;
import dev.errand.engine.cache.Cache;
import dev.errand.handlers.corpus.Hash;
import dev.errand.handlers.reuse.Remembered;
import java.time.Duration;
import java.util.Optional;

/// Remembers answers for all nodes, each for the same time.
final class AnswerCache {
  private final Remembered remembered;
  private final Duration life;

  /// @param life zero to remember nothing
  AnswerCache(Cache cache, Json json, Duration life) {
    this.remembered = new Remembered(cache, json);
    this.life = life;
  }

  /// The same for all who ask the same of the same source, be it in a batch or alone.
  static String key(String source, SearchQuery query) {
    return "search:" + source + ":" + Hash.of(query.toString());
  }

  <T> Optional<T> find(String key, Class<T> type) {
    return life.isZero() ? Optional.empty() : remembered.find(key, type);
  }

  void keep(String key, Object value) {
    remembered.keep(key, value, life);
  }
}
