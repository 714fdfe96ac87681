package dev.errand.engine.access;

import java.time.Instant;

/// Somebody who can log in to this server.
///
/// @param disabled may do nothing until this is undone
public record User(UserName name, Caller.Role role, boolean disabled, Instant createdAt) {}
