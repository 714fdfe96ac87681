package dev.errand.handlers.search;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.cache.Cache;
import dev.errand.engine.task.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/// Remembers answers for all nodes. It is a convenience: without a database nothing is remembered,
/// and searches go on.
final class AnswerCache {
  private final Cache cache;
  private final Json json;
  private final Duration life;

  /// @param life zero to remember nothing
  AnswerCache(Cache cache, Json json, Duration life) {
    this.cache = cache;
    this.json = json;
    this.life = life;
  }

  /// The same for all who ask the same of the same source, be it in a batch or alone.
  static String key(String source, SearchQuery query) {
    return "search:" + source + ":" + hash(query.toString());
  }

  <T> Optional<T> find(String key, Class<T> type) {
    if (life.isZero()) {
      return Optional.empty();
    }
    try {
      return cache.find(key).map(text -> json.read(text, type));
    } catch (StoreUnavailable | InvalidParams _) {
      // Away, or written by another version.
      return Optional.empty();
    }
  }

  void keep(String key, Object value) {
    if (!life.isZero()) {
      try {
        cache.put(key, json.write(value), life);
      } catch (StoreUnavailable _) {
        // Then the next one asks anew.
      }
    }
  }

  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
