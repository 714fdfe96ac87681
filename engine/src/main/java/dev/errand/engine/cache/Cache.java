package dev.errand.engine.cache;

import java.time.Duration;
import java.util.Optional;

/// Values that all nodes share, each for as long as it was given, by the store's clock.
///
/// Thread-safe; may block and may throw [dev.errand.engine.task.StoreUnavailable].
public interface Cache {
  /// In characters.
  int LONGEST_KEY = 300;

  /// Empty when nothing is there under `key`, or its time is over.
  Optional<String> find(String key);

  /// Keeps `value` under `key`; what was there before is forgotten.
  ///
  /// @param key 1 to 300 characters
  /// @param life longer than 0; after it, the value is neither found nor kept for long
  void put(String key, String value, Duration life);
}
