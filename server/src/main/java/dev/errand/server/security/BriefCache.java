package dev.errand.server.security;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers what was found for a few seconds, so that a busy caller is looked up seldom. Only what
/// was found counts: nobody fills it by guessing. Thread-safe.
final class BriefCache<K, V> {
  /// How long a node may not notice that somebody was disabled by way of another one.
  static final Duration LIFE = Duration.ofSeconds(3);

  private static final int MAX = 10_000;

  private final Map<K, Found<V>> found = new ConcurrentHashMap<>();

  private record Found<V>(V value, long nanos) {
    boolean fresh() {
      return System.nanoTime() - nanos < LIFE.toNanos();
    }
  }

  Optional<V> get(K key) {
    return Optional.ofNullable(found.get(key)).filter(Found::fresh).map(Found::value);
  }

  void put(K key, V value) {
    if (found.size() >= MAX) {
      found.clear();
    }
    found.put(key, new Found<>(value, System.nanoTime()));
  }

  void clear() {
    found.clear();
  }
}
