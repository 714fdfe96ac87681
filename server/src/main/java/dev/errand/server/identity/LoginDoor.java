package dev.errand.server.identity;

import dev.errand.engine.access.UserName;
import dev.errand.engine.problem.Problem;
import dev.errand.server.json.Fields;
import dev.errand.server.problem.Refusal;
import dev.errand.server.security.Audit;
import dev.errand.server.security.Authenticator;
import dev.errand.server.security.BrowserSessions;
import dev.errand.server.security.LoginThrottle;
import dev.errand.server.security.SessionCookie;
import dev.errand.server.security.UserLogins;
import dev.errand.server.security.UserLogins.Cookie;
import dev.errand.server.security.UserLogins.Refreshed;
import dev.errand.server.security.UserLogins.Tokens;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `/api/auth/login`, `refresh` and `logout`.
@RestController
@RequestMapping("/api/auth")
public final class LoginDoor {
  private static final String BEARER = "Bearer realm=\"errand\"";
  private static final String WRONG = "The user name or the password is wrong.";

  private final UserLogins logins;
  private final LoginThrottle throttle;
  private final Authenticator authenticator;
  private final BrowserSessions adminSessions;
  private final Audit audit;

  public LoginDoor(
      UserLogins logins,
      LoginThrottle throttle,
      Authenticator authenticator,
      BrowserSessions adminSessions,
      Audit audit) {
    this.logins = logins;
    this.throttle = throttle;
    this.authenticator = authenticator;
    this.adminSessions = adminSessions;
    this.audit = audit;
  }

  /// @param expiresIn seconds that the access token is good for
  public record TokensJson(
      String accessToken, String tokenType, long expiresIn, String refreshToken, UserJson user) {
    static TokensJson of(Tokens tokens) {
      return new TokensJson(
          tokens.access(),
          "Bearer",
          tokens.accessLife().toSeconds(),
          tokens.refresh(),
          UserJson.of(tokens.user()));
    }

    @Override
    public String toString() {
      return "TokensJson[" + user.name() + ", ***]";
    }
  }

  /// Tokens for a program; with `session: true` a cookie for one of our own pages instead.
  @PostMapping("/login")
  ResponseEntity<?> logIn(HttpServletRequest request, ObjectNode body) {
    Fields fields = new Fields(body).only(List.of("user", "password", "session"));
    String typed = fields.require("user").text("user").orElse("");
    String password = PasswordFields.password(fields, "password").orElse("");
    boolean session = fields.yesOrNo("session").orElse(false);
    fields.orRefuse("invalid_request");
    if (session && !Authenticator.fromOwnPage(request)) {
      throw new Problem.Forbidden("Sessions are for this server's own pages; ask for tokens.")
          .refused();
    }
    Optional<UserName> name = UserName.parse(typed.strip());
    throttle.count(name, request.getRemoteAddr());
    return session ? session(request, name, password) : tokens(request, name, password);
  }

  private ResponseEntity<?> tokens(
      HttpServletRequest request, Optional<UserName> name, String password) {
    Tokens tokens =
        logins.forProgram(name, password).orElseThrow(() -> wrong(request, "login", name));
    audit.done(request, "login", tokens.user().name().value(), "tokens");
    return ResponseEntity.ok(TokensJson.of(tokens));
  }

  private ResponseEntity<?> session(
      HttpServletRequest request, Optional<UserName> name, String password) {
    Cookie cookie =
        logins.forBrowser(name, password).orElseThrow(() -> wrong(request, "login", name));
    audit.done(request, "login", cookie.user().name().value(), "session");
    return ResponseEntity.ok()
        .header(
            HttpHeaders.SET_COOKIE, SessionCookie.header(request, cookie.value(), cookie.life()))
        .body(UserJson.of(cookie.user()));
  }

  /// What somebody typed for a name may be a password; only the name of a user is written down.
  private Refusal.Refused wrong(
      HttpServletRequest request, String action, Optional<UserName> name) {
    String known = name.filter(logins::exists).map(UserName::value).orElse(null);
    audit.refused(request, action, known, null);
    return Refusal.of(HttpStatus.UNAUTHORIZED, "invalid_credentials", WRONG)
        .with(HttpHeaders.WWW_AUTHENTICATE, BEARER)
        .refused();
  }

  @PostMapping("/refresh")
  TokensJson refresh(HttpServletRequest request, ObjectNode body) {
    Fields fields = new Fields(body).only(List.of("refresh_token"));
    String token = fields.require("refresh_token").text("refresh_token").orElse("");
    fields.orRefuse("invalid_request");
    return switch (logins.refresh(token)) {
      case Refreshed.With(var tokens) -> TokensJson.of(tokens);
      case Refreshed.JustUsed() ->
          throw new Problem.Conflict(
                  "Another call has just used this refresh token; go on with what that one got.")
              .refused();
      case Refreshed.Reused(var user) -> {
        authenticator.forget();
        audit.refused(
            request,
            "refresh",
            user.value(),
            "a refresh token was used twice; its login has ended");
        throw unusable();
      }
      case Refreshed.Unknown() -> throw unusable();
    };
  }

  private static Refusal.Refused unusable() {
    return Refusal.of(
            HttpStatus.UNAUTHORIZED,
            "invalid_refresh_token",
            "This refresh token is not known, or no more; log in again.")
        .with(HttpHeaders.WWW_AUTHENTICATE, BEARER)
        .refused();
  }

  @PostMapping("/logout")
  ResponseEntity<Void> logOut(HttpServletRequest request) {
    authenticator.identify(request).flatMap(identity -> identity.login()).ifPresent(logins::end);
    SessionCookie.values(request).forEach(adminSessions::end);
    authenticator.forget();
    audit.done(request, "logout", null, null);
    return ResponseEntity.noContent()
        .header(HttpHeaders.SET_COOKIE, SessionCookie.header(request, "", Duration.ZERO))
        .build();
  }
}
