package dev.errand.server.compat.push;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.errand.engine.problem.Problem;
import dev.errand.server.config.QStashKey;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells calls that QStash made from those that others made: a JWT in `Upstash-Signature`, signed
/// with the current or the next key, for just this address and just this body. Thread-safe.
public final class QStashSignatures {
  private static final String ISSUER = "Upstash";

  /// How far the clocks may be apart.
  private static final Duration LEEWAY = Duration.ofSeconds(30);

  private final List<QStashKey> keys;
  private final PublicAddress address;
  private final InstantSource clock;

  /// @param keys the current and the next one; without any, nobody's call is believed
  public QStashSignatures(List<QStashKey> keys, PublicAddress address, InstantSource clock) {
    this.keys = List.copyOf(keys);
    this.address = address;
    this.clock = clock;
  }

  /// @throws Problem.Refused unless QStash signed this very call
  public void require(HttpServletRequest request, byte[] body) {
    boolean valid =
        Optional.ofNullable(request.getHeader("Upstash-Signature"))
            .map(signature -> valid(signature, address.ofCall(request), body))
            .orElse(false);
    if (!valid) {
      throw new Problem.Unauthorized(
              "This call needs a signature of QStash's (QSTASH_CURRENT_SIGNING_KEY) for this"
                  + " address and this body.")
          .refused();
    }
  }

  private boolean valid(String signature, String target, byte[] body) {
    try {
      SignedJWT jwt = SignedJWT.parse(signature);
      return jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)
          && signed(jwt)
          && fits(jwt.getJWTClaimsSet(), target, body);
    } catch (ParseException | JOSEException _) {
      return false;
    }
  }

  private boolean signed(SignedJWT jwt) throws JOSEException {
    for (QStashKey key : keys) {
      if (jwt.verify(new MACVerifier(key.value()))) {
        return true;
      }
    }
    return false;
  }

  private boolean fits(JWTClaimsSet claims, String target, byte[] body) throws ParseException {
    Instant now = clock.instant();
    return ISSUER.equals(claims.getIssuer())
        && target.equals(claims.getSubject())
        && isAfter(claims.getExpirationTime(), now.minus(LEEWAY))
        && !isAfter(claims.getNotBeforeTime(), now.plus(LEEWAY))
        && sameHash(claims.getStringClaim("body"), body);
  }

  private static boolean isAfter(@Nullable Date date, Instant moment) {
    return date != null && date.toInstant().isAfter(moment);
  }

  private static boolean sameHash(@Nullable String claimed, byte[] body) {
    if (claimed == null) {
      return false;
    }
    byte[] expected = Base64.getUrlEncoder().withoutPadding().encode(sha256(body));
    String unpadded = claimed.replaceFirst("=+$", "");
    return MessageDigest.isEqual(expected, unpadded.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
