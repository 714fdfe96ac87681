package dev.errand.server.identity;

import dev.errand.engine.access.Scope;
import dev.errand.engine.access.UserName;
import dev.errand.engine.access.Users;
import dev.errand.engine.problem.Problem;
import dev.errand.server.json.Fields;
import dev.errand.server.problem.Refusal;
import dev.errand.server.security.Audit;
import dev.errand.server.security.Authenticator;
import dev.errand.server.security.Identity;
import dev.errand.server.security.LoginThrottle;
import dev.errand.server.security.Passwords;
import dev.errand.server.security.UserLogins;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `/api/auth/me`: who one is; `/api/auth/password`: another password for oneself.
@RestController
@RequestMapping("/api/auth")
public final class MeDoor {
  private final Users users;
  private final UserLogins logins;
  private final Passwords passwords;
  private final LoginThrottle throttle;
  private final Authenticator authenticator;
  private final Audit audit;

  public MeDoor(
      Users users,
      UserLogins logins,
      Passwords passwords,
      LoginThrottle throttle,
      Authenticator authenticator,
      Audit audit) {
    this.users = users;
    this.logins = logins;
    this.passwords = passwords;
    this.throttle = throttle;
    this.authenticator = authenticator;
    this.audit = audit;
  }

  /// @param via how that is known, such as `access_token`
  /// @param scopes of an API key, absent for a person
  public record MeJson(String user, String role, String via, @Nullable List<String> scopes) {
    static MeJson of(Identity identity) {
      return new MeJson(
          identity.user(),
          identity.role().toString(),
          identity.via().toString(),
          identity
              .scopes()
              .map(scopes -> scopes.stream().map(Scope::toString).sorted().toList())
              .orElse(null));
    }
  }

  @GetMapping("/me")
  MeJson me(Identity identity) {
    return MeJson.of(identity);
  }

  /// Ends all logins of the user, this one too.
  @PostMapping("/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void changePassword(Identity identity, HttpServletRequest request, ObjectNode body) {
    Optional<UserName> known =
        UserName.parse(identity.user()).filter(_ -> identity.login().isPresent());
    Fields fields = new Fields(body).only(List.of("current_password", "new_password"));
    String current = PasswordFields.password(fields, "current_password").orElse("");
    String next = PasswordFields.newPassword(fields, "new_password", known.orElse(null)).orElse("");
    fields.orRefuse("invalid_request");
    UserName user =
        known.orElseThrow(() ->
            new Problem.Conflict("Only a user of this server who has logged in has a password.")
                .refused());
    throttle.count(Optional.of(user), request.getRemoteAddr());
    if (!logins.knows(user, current)) {
      audit.refused(request, "user.password_changed", user.value(), null);
      // Not 401: who calls is known, and a client would log out.
      throw Refusal.of(
              HttpStatus.FORBIDDEN, "invalid_credentials", "The current password is wrong.")
          .refused();
    }
    users.setPassword(user, passwords.hash(next));
    authenticator.forget();
    audit.done(request, "user.password_changed", user.value(), null);
  }
}
