package dev.errand.engine.access;

import java.time.Duration;
import java.util.List;

/// The private keys with which all nodes sign tokens.
///
/// Thread-safe; may block and may throw [dev.errand.engine.task.StoreUnavailable].
public interface SigningKeys {

  /// @param jwk the private key as RFC 7517 has it
  record SigningKey(String id, String jwk) {
    @Override
    public String toString() {
      return "SigningKey[" + id + "]";
    }
  }

  /// The keys that are good now, the newest first: that one signs.
  List<SigningKey> all();

  /// Adds the newest key.
  ///
  /// @param othersFor how long those before still count
  void add(SigningKey key, Duration othersFor);
}
