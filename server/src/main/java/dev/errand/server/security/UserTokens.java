package dev.errand.server.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.errand.engine.access.User;
import dev.errand.engine.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.UUID;

/// Access tokens of users: short-lived, and each bound to the login it was given for, whose state
/// decides what its user may do.
public final class UserTokens {
  static final String ISSUER = "errand";
  private static final String AUDIENCE = "errand-api";
  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final String LOGIN = "sid";

  private final Keyring keyring;
  private final Duration life;
  private final InstantSource clock;
  private final Jwt rules;

  public UserTokens(Keyring keyring, Duration life, InstantSource clock) {
    this.keyring = keyring;
    this.life = life;
    this.clock = clock;
    this.rules = new Jwt(ISSUER, AUDIENCE, Set.of(TYPE), Set.of(Keyring.ALGORITHM), clock);
  }

  Duration life() {
    return life;
  }

  String issue(User user, UUID login) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(user.name().value())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)))
            .claim(LOGIN, login.toString())
            .claim("role", user.role().toString())
            .build();
    return keyring.sign(TYPE, claims);
  }

  /// The login that `token` was given for.
  ///
  /// @throws Problem.Refused when it is not one of ours, or no more
  UUID login(SignedJWT token) {
    try {
      return UUID.fromString(String.valueOf(rules.check(token, keyring).getClaim(LOGIN)));
    } catch (KeySourceException | IllegalArgumentException e) {
      throw new IllegalStateException("A token that we signed cannot be read", e);
    }
  }
}
