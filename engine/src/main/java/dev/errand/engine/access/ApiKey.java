package dev.errand.engine.access;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key with which a program acts for its owner; the key itself is known to its holder only.
///
/// @param name what the owner calls it
/// @param prefix how the key begins, to recognise it by
/// @param role the most it may do, as its owner might when it was made
/// @param expiresAt absent for one that does not end by itself
/// @param lastUsedAt at most a minute late, absent for one that was never used
public record ApiKey(
    UUID id,
    String owner,
    String name,
    String prefix,
    Set<Scope> scopes,
    Caller.Role role,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  public ApiKey {
    scopes = Set.copyOf(scopes);
  }
}
