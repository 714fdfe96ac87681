package dev.errand.server.security;

import com.nimbusds.jwt.SignedJWT;
import dev.errand.engine.access.ApiKey;
import dev.errand.engine.access.ApiKeys;
import dev.errand.engine.access.Caller.Role;
import dev.errand.engine.access.Digest;
import dev.errand.engine.access.Logins;
import dev.errand.engine.access.Logins.Kind;
import dev.errand.engine.access.Logins.Live;
import dev.errand.engine.access.Scope;
import dev.errand.engine.problem.Problem;
import dev.errand.server.security.Identity.Via;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Tells who calls by what a request brings: the administrator's token, an API key, a token of a
/// user or of an OpenID Connect issuer, or a browser's cookie. What was found is believed for
/// [BriefCache#LIFE], on this node not beyond [#forget]. Thread-safe.
public final class Authenticator {
  /// By which API keys are told from other tokens.
  private static final String KEY_PREFIX = "errand_";

  private static final Identity ADMIN = Identity.of("admin", Role.ADMIN, Via.ADMIN_TOKEN);
  private static final Identity ADMIN_LINK = Identity.of("admin", Role.ADMIN, Via.ADMIN_LINK);
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");
  private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

  private final AdminToken adminToken;
  private final BrowserSessions adminSessions;
  private final Logins logins;
  private final ApiKeys keys;
  private final UserTokens userTokens;
  private final Optional<Oidc> oidc;
  private final BriefCache<Digest, Identity> recentTokens = new BriefCache<>();
  private final BriefCache<Digest, Identity> recentCookies = new BriefCache<>();

  public Authenticator(
      AdminToken adminToken,
      BrowserSessions adminSessions,
      Logins logins,
      ApiKeys keys,
      UserTokens userTokens,
      Optional<Oidc> oidc) {
    this.adminToken = adminToken;
    this.adminSessions = adminSessions;
    this.logins = logins;
    this.keys = keys;
    this.userTokens = userTokens;
    this.oidc = oidc;
  }

  /// Empty for who brings nothing, or nothing that we know.
  ///
  /// @throws Problem.Refused saying what is wrong with a token
  public Optional<Identity> identify(HttpServletRequest request) {
    // Whoever sends a token wants to be judged by it.
    Optional<String> token = RequestToken.of(request);
    return token.isPresent() ? token.flatMap(this::byToken) : byCookie(request);
  }

  /// A new API key: 256 random bits.
  public static String newKey() {
    return KEY_PREFIX + AdminToken.random();
  }

  /// Looks everybody up again, because somebody's rights have changed.
  public void forget() {
    recentTokens.clear();
    recentCookies.clear();
  }

  private Optional<Identity> byToken(String token) {
    if (token.isEmpty() || token.length() > Jwt.MAX_LENGTH) {
      return Optional.empty();
    }
    if (adminToken.matches(token)) {
      return Optional.of(ADMIN);
    }
    Digest digest = Digest.of(token);
    Optional<Identity> known = recentTokens.get(digest);
    if (known.isPresent()) {
      return known;
    }
    Optional<Identity> found =
        token.startsWith(KEY_PREFIX) ? byKey(digest) : Jwt.parse(token).flatMap(this::bySigned);
    found.ifPresent(identity -> recentTokens.put(digest, identity));
    return found;
  }

  private Optional<Identity> byKey(Digest digest) {
    Optional<ApiKey> key = keys.valid(digest);
    key.filter(Authenticator::useIsToBeNoted).ifPresent(used -> keys.used(used.id()));
    return key.map(Authenticator::identity);
  }

  private static boolean useIsToBeNoted(ApiKey key) {
    Instant last = key.lastUsedAt();
    return last == null || last.isBefore(Instant.now().minus(USE_NOTED_EVERY));
  }

  private static Identity identity(ApiKey key) {
    Role role = key.scopes().contains(Scope.ADMIN) ? key.role() : Role.USER;
    return new Identity(
        key.owner(), role, Via.API_KEY, Optional.of(key.scopes()), Optional.empty());
  }

  private Optional<Identity> bySigned(SignedJWT token) {
    String issuer = Jwt.claimedIssuer(token).orElse("");
    Optional<Oidc> asked = oidc.filter(known -> known.issued(issuer));
    if (asked.isPresent()) {
      return asked.map(known -> known.identify(token));
    }
    return issuer.equals(UserTokens.ISSUER) ? byLogin(userTokens.login(token)) : Optional.empty();
  }

  private Optional<Identity> byLogin(UUID login) {
    return logins.find(login).filter(live -> live.kind() == Kind.TOKEN).map(live -> of(live));
  }

  private static Identity of(Live live) {
    Via via = live.kind() == Kind.TOKEN ? Via.ACCESS_TOKEN : Via.SESSION;
    return Identity.ofLogin(live.user().name().value(), live.user().role(), via, live.id());
  }

  private Optional<Identity> byCookie(HttpServletRequest request) {
    return safe(request) || fromOwnPage(request)
        ? SessionCookie.values(request).map(this::byCookie).flatMap(Optional::stream).findFirst()
        : Optional.empty();
  }

  private Optional<Identity> byCookie(String value) {
    if (adminSessions.knows(value)) {
      return Optional.of(ADMIN_LINK);
    }
    return Ticket.parse(value).flatMap(this::byTicket);
  }

  private Optional<Identity> byTicket(Ticket ticket) {
    Digest digest = ticket.digest();
    Optional<Identity> known = recentCookies.get(digest);
    Optional<Identity> found =
        known.isPresent()
            ? known
            : logins
                .find(ticket.login())
                .filter(live -> live.kind() == Kind.BROWSER && live.secret().same(digest))
                .map(live -> of(live));
    found.ifPresent(identity -> recentCookies.put(digest, identity));
    return found;
  }

  private static boolean safe(HttpServletRequest request) {
    return SAFE_METHODS.contains(request.getMethod());
  }

  /// Whether a browser vouches that one of our own pages makes this call: a cookie alone would also
  /// be sent by a page that somebody else made.
  public static boolean fromOwnPage(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    String own = request.getScheme() + "://" + request.getHeader("Host");
    return site != null
        ? site.equals("same-origin") && (origin == null || origin.equals(own))
        : own.equals(origin);
  }
}
