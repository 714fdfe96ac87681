package dev.errand.server.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.errand.engine.access.Caller.Role;
import dev.errand.engine.problem.Problem;
import dev.errand.server.config.OidcSettings;
import dev.errand.server.problem.Refusal;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/// Knows users by the tokens of an OpenID Connect issuer.
///
/// What the issuer says of itself is read when its first token comes, so that a server starts
/// without it. Its keys are read again every few minutes, and when a token names an unknown one,
/// but not more often than [Pace#between]. A user `x` of the issuer is our user `oidc:x`, who is
/// never one of this server's own. Thread-safe.
public final class Oidc {
  private static final Logger log = LoggerFactory.getLogger(Oidc.class);
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 3_000;
  private static final int MAX_BYTES = 512 * 1024;
  private static final int MAX_NAME = 200;

  private final OidcSettings settings;
  private final Pace pace;
  private final Jwt rules;
  private final DefaultResourceRetriever web =
      new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_BYTES);
  private final ReentrantLock discovering = new ReentrantLock();
  private volatile @Nullable JWKSource<SecurityContext> keys;

  /// Whether the issuer did not answer when it was last asked for its keys.
  private volatile boolean away;

  private volatile long failedNanos = System.nanoTime() - Duration.ofDays(1).toNanos();

  /// How often the issuer is asked.
  ///
  /// @param keysLive how long its keys are good without asking again
  /// @param between the least time between two questions
  record Pace(Duration keysLive, Duration between) {
    static final Pace DEFAULT = new Pace(Duration.ofMinutes(5), Duration.ofSeconds(10));
  }

  public Oidc(OidcSettings settings, InstantSource clock) {
    this(settings, clock, Pace.DEFAULT);
  }

  Oidc(OidcSettings settings, InstantSource clock, Pace pace) {
    this.settings = settings;
    this.pace = pace;
    Set<@Nullable JOSEObjectType> types = new HashSet<>();
    types.add(JOSEObjectType.JWT);
    types.add(new JOSEObjectType("at+jwt"));
    types.add(null);
    Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
    algorithms.addAll(JWSAlgorithm.Family.EC);
    this.rules = new Jwt(settings.issuer(), settings.audience(), types, algorithms, clock);
  }

  boolean issued(String issuer) {
    return settings.issuer().equals(issuer);
  }

  /// Whose token this is.
  ///
  /// @throws Problem.Refused when it is not accepted
  /// @throws Refusal.Refused when the issuer cannot be asked for its keys
  Identity identify(SignedJWT token) {
    try {
      JWTClaimsSet claims = rules.check(token, keys());
      away = false;
      return Identity.of("oidc:" + user(claims), role(claims), Identity.Via.OIDC);
    } catch (RateLimitReachedException _) {
      // An unknown key, and we have just asked. Anybody can cause that, so the log does not tell.
      throw away
          ? unavailable(null)
          : refused(
              "its key is none of the issuer's, who was asked for them less than %d s ago"
                  .formatted(Math.max(1, pace.between().toSeconds())));
    } catch (KeySourceException e) {
      away = true;
      throw unavailable(e);
    }
  }

  private JWKSource<SecurityContext> keys() {
    JWKSource<SecurityContext> known = keys;
    return known == null ? discover() : known;
  }

  /// One thread asks; the others wait for it, but not for long.
  private JWKSource<SecurityContext> discover() {
    if (!locked()) {
      throw unavailable(null);
    }
    try {
      JWKSource<SecurityContext> known = keys;
      if (known == null) {
        if (System.nanoTime() - failedNanos < pace.between().toNanos()) {
          throw unavailable(null);
        }
        known = source(keysAddress());
        keys = known;
      }
      return known;
    } catch (IOException | ParseException | IllegalArgumentException e) {
      failedNanos = System.nanoTime();
      throw unavailable(e);
    } finally {
      discovering.unlock();
    }
  }

  private boolean locked() {
    try {
      return discovering.tryLock(CONNECT_MILLIS + READ_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private URI keysAddress() throws IOException, ParseException {
    URI address = URI.create(settings.issuer().replaceFirst("/$", "") + DISCOVERY);
    Map<String, Object> document =
        JSONObjectUtils.parse(web.retrieveResource(address.toURL()).getContent());
    Object issuer = document.get("issuer");
    if (!settings.issuer().equals(issuer)) {
      throw new IOException("%s speaks for another issuer: %s".formatted(address, issuer));
    }
    String keysUri = String.valueOf(document.get("jwks_uri"));
    if (!OidcSettings.trustworthy(keysUri)) {
      throw new IOException("%s names no https address of its keys".formatted(address));
    }
    return URI.create(keysUri);
  }

  private JWKSource<SecurityContext> source(URI address) throws IOException {
    return JWKSourceBuilder.<SecurityContext>create(address.toURL(), web)
        .cache(pace.keysLive().toMillis(), CONNECT_MILLIS + READ_MILLIS)
        .refreshAheadCache(false)
        .rateLimited(pace.between().toMillis())
        .outageTolerant(Duration.ofHours(1).toMillis())
        .build();
  }

  private Refusal.Refused unavailable(@Nullable Exception why) {
    if (why != null) {
      log.atWarn()
          .addKeyValue("event", "issuer_unavailable")
          .addKeyValue("issuer", settings.issuer())
          .log("The OpenID Connect issuer cannot be asked for its keys: {}", why.toString());
    }
    return Refusal.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "issuer_unavailable",
            "The OpenID Connect issuer %s cannot be asked for its keys just now; the server's log says why."
                .formatted(settings.issuer()))
        .with("Retry-After", String.valueOf(Math.max(1, pace.between().toSeconds())))
        .refused();
  }

  private String user(JWTClaimsSet claims) {
    String claim = settings.userClaim();
    boolean sound =
        claims.getClaim(claim) instanceof String name
            && !name.isBlank()
            && name.length() <= MAX_NAME
            && name.chars().noneMatch(Character::isISOControl);
    if (!sound) {
      throw refused("its claim %s names nobody".formatted(claim));
    }
    if (claim.equals("email") && !Boolean.TRUE.equals(claims.getClaim("email_verified"))) {
      throw refused("its issuer has not verified the email address");
    }
    return String.valueOf(claims.getClaim(claim));
  }

  private static Problem.Refused refused(String why) {
    return new Problem.Unauthorized("The token is not accepted: %s.".formatted(why)).refused();
  }

  private Role role(JWTClaimsSet claims) {
    Collection<?> words = words(claims);
    if (words.contains(settings.adminRole())) {
      return Role.ADMIN;
    }
    return words.contains(settings.operatorRole()) ? Role.OPERATOR : Role.USER;
  }

  /// The claim as it is named, or else where the dots of its name lead.
  private Collection<?> words(JWTClaimsSet claims) {
    Object found = claims.getClaims().get(settings.roleClaim());
    if (found == null) {
      found = claims.getClaims();
      for (String part : settings.roleClaim().split("\\.", -1)) {
        found = found instanceof Map<?, ?> object ? object.get(part) : null;
      }
    }
    return switch (found) {
      case Collection<?> list -> list;
      case String text -> List.of(text.split(" ", -1));
      case null, default -> List.of();
    };
  }
}
