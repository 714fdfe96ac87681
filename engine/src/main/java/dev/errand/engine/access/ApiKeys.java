package dev.errand.engine.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// API keys, each kept as its digest.
///
/// Thread-safe; may block and may throw [dev.errand.engine.task.StoreUnavailable].
public interface ApiKeys {

  void add(ApiKey key, Digest secret);

  /// The key with this secret, when it is neither revoked nor expired and its owner not disabled,
  /// with the role that it has now: a user's key can never do more than the user.
  Optional<ApiKey> valid(Digest secret);

  Optional<ApiKey> find(UUID id);

  /// Keys, the newest first.
  ///
  /// @param owner absent for everybody's
  /// @param before with which the page before ended, absent for the first one
  List<ApiKey> list(@Nullable String owner, @Nullable UUID before, int limit);

  /// @return false when the key was revoked before or is not there
  boolean revoke(UUID id);

  /// Notes that the key is used now; does nothing when that was noted in the last minute.
  void used(UUID id);
}
