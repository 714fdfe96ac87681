package dev.errand.server.security;

import dev.errand.engine.access.Caller;
import dev.errand.engine.access.Scope;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Who calls, and how that is known.
///
/// @param scopes what an API key is good for; empty for a person, who may do all that the role
///   allows
/// @param login the login that the call belongs to, if any
public record Identity(
    String user, Caller.Role role, Via via, Optional<Set<Scope>> scopes, Optional<UUID> login) {

  /// What a caller shows.
  public enum Via {
    ADMIN_TOKEN,
    /// A browser that came by the link which the server printed.
    ADMIN_LINK,
    /// A browser in which a user has logged in.
    SESSION,
    ACCESS_TOKEN,
    OIDC,
    API_KEY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Identity of(String user, Caller.Role role, Via via) {
    return new Identity(user, role, via, Optional.empty(), Optional.empty());
  }

  static Identity ofLogin(String user, Caller.Role role, Via via, UUID login) {
    return new Identity(user, role, via, Optional.empty(), Optional.of(login));
  }

  /// Whether what the caller shows is good for `scope`.
  public boolean allows(Scope scope) {
    return scopes.map(some -> some.contains(scope) || some.contains(Scope.ADMIN)).orElse(true);
  }
}
