package dev.errand.server.identity;

import dev.errand.engine.access.User;
import java.time.Instant;

/// A user as the API shows it.
public record UserJson(String name, String role, boolean disabled, Instant createdAt) {
  static UserJson of(User user) {
    return new UserJson(
        user.name().value(), user.role().toString(), user.disabled(), user.createdAt());
  }
}
