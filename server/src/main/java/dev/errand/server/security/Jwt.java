package dev.errand.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.errand.engine.problem.Problem;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a signed token must be like to be believed.
///
/// @param types what its header may call it; null stands for a header that does not say
/// @param algorithms those of signatures, never those that share a secret
record Jwt(
    String issuer,
    String audience,
    Set<@Nullable JOSEObjectType> types,
    Set<JWSAlgorithm> algorithms,
    InstantSource clock) {
  /// How far clocks may differ.
  static final Duration SKEW = Duration.ofMinutes(1);

  /// Longer ones are not looked at.
  static final int MAX_LENGTH = 8 * 1024;

  private static final Set<String> REQUIRED = Set.of("sub", "exp", "iat");

  Jwt {
    // Sets of the JDK's own would not be asked for null.
    types = new HashSet<>(types);
    algorithms = Set.copyOf(algorithms);
  }

  /// A signed token, not checked yet; empty for anything else, also for one that says it needs no
  /// signature.
  static Optional<SignedJWT> parse(String text) {
    try {
      SignedJWT token = SignedJWT.parse(text);
      token.getJWTClaimsSet();
      return Optional.of(token);
    } catch (ParseException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Who says to have signed it; anybody can say that.
  static Optional<String> claimedIssuer(SignedJWT token) {
    try {
      return Optional.ofNullable(token.getJWTClaimsSet()).map(JWTClaimsSet::getIssuer);
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  /// The claims of a token that is what it must be.
  ///
  /// @throws Problem.Refused saying what is wrong with it
  /// @throws KeySourceException when there are no keys to check it with just now
  JWTClaimsSet check(SignedJWT token, JWKSource<SecurityContext> keys) throws KeySourceException {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(types));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    processor.setJWTClaimsSetVerifier(claims());
    try {
      return processor.process(token, null);
    } catch (KeySourceException e) {
      throw e;
    } catch (BadJOSEException | JOSEException e) {
      throw new Problem.Unauthorized("The token is not accepted: %s.".formatted(e.getMessage()))
          .refused();
    }
  }

  private DefaultJWTClaimsVerifier<SecurityContext> claims() {
    DefaultJWTClaimsVerifier<SecurityContext> verifier =
        new DefaultJWTClaimsVerifier<>(
            Set.of(audience), new JWTClaimsSet.Builder().issuer(issuer).build(), REQUIRED, null) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew((int) SKEW.toSeconds());
    return verifier;
  }
}
