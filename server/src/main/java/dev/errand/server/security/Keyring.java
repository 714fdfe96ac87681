package dev.errand.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.errand.engine.access.SigningKeys;
import dev.errand.engine.access.SigningKeys.SigningKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The keys of all nodes, by which they sign tokens and know them again (ES256).
///
/// A node looks for new keys every ten seconds, and at once when it meets a token of a key that it
/// does not know, but at most once a second. Thread-safe.
public final class Keyring implements JWKSource<SecurityContext> {
  static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

  /// Longer than any token lives.
  static final Duration OLD_KEYS_LIVE = TaskTokens.LONGEST.plusHours(1);

  private static final Duration REREAD = Duration.ofSeconds(10);
  private static final Duration REREAD_FOR_UNKNOWN = Duration.ofSeconds(1);

  private final SigningKeys store;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Known known;

  public Keyring(SigningKeys store) {
    this.store = store;
  }

  private record Known(List<JWK> keys, long nanos) {
    boolean olderThan(Duration age) {
      return System.nanoTime() - nanos > age.toNanos();
    }
  }

  /// A token with these claims, signed with the newest key; the first call of all makes one.
  String sign(JOSEObjectType type, JWTClaimsSet claims) {
    try {
      ECKey key = newest().toECKey();
      JWSHeader header = new JWSHeader.Builder(ALGORITHM).type(type).keyID(key.getKeyID()).build();
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("The signing key cannot sign", e);
    }
  }

  private JWK newest() {
    if (keys(REREAD).isEmpty()) {
      rotate(OLD_KEYS_LIVE);
    }
    return keys(REREAD).getFirst();
  }

  /// Signs with a new key from now on, within ten seconds on all nodes.
  ///
  /// @param othersFor how long tokens of the keys before are still accepted
  void rotate(Duration othersFor) {
    try {
      ECKey key =
          new ECKeyGenerator(Curve.P_256)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(ALGORITHM)
              .keyIDFromThumbprint(true)
              .generate();
      store.add(new SigningKey(key.getKeyID(), key.toJSONString()), othersFor);
      known = null;
    } catch (JOSEException e) {
      throw new IllegalStateException("No signing key can be made", e);
    }
  }

  /// A new key, because the old ones are old.
  public void rotate() {
    rotate(OLD_KEYS_LIVE);
  }

  /// A new key, because somebody may have the old ones: what they signed counts no more.
  public void replace() {
    rotate(Duration.ZERO);
  }

  /// The public halves, as RFC 7517 has them.
  public String publicKeys() {
    return new JWKSet(keys(REREAD)).toString(true);
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
    List<JWK> found = selector.select(new JWKSet(keys(REREAD)));
    return found.isEmpty() ? selector.select(new JWKSet(keys(REREAD_FOR_UNKNOWN))) : found;
  }

  private List<JWK> keys(Duration maxAge) {
    Known present = known;
    return present == null || present.olderThan(maxAge) ? read(maxAge) : present.keys();
  }

  /// One thread reads, the others wait for it.
  private List<JWK> read(Duration maxAge) {
    reading.lock();
    try {
      Known present = known;
      if (present == null || present.olderThan(maxAge)) {
        List<JWK> keys = store.all().stream().map(Keyring::parsed).toList();
        // Not remembered while there is none: the first is made when it is needed.
        known = keys.isEmpty() ? null : new Known(keys, System.nanoTime());
        return keys;
      }
      return present.keys();
    } finally {
      reading.unlock();
    }
  }

  private static JWK parsed(SigningKey key) {
    try {
      return JWK.parse(key.jwk());
    } catch (ParseException e) {
      // Without the cause, which may quote the key.
      throw new IllegalStateException("The signing key %s is broken".formatted(key.id()));
    }
  }
}
