package dev.errand.engine.access;

import dev.errand.engine.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The SHA-256 of a secret: all that is kept of one that we made ourselves.
///
/// Such a secret has 256 random bits. Nobody can try them out, so that neither salt nor a slow hash
/// would add anything; a password, which people choose, needs both.
///
/// @param hex in lower case
public record Digest(String hex) {

  public static Digest of(String secret) {
    return new Digest(Sha256.hex(secret));
  }

  /// Takes the same time whatever `other` is.
  public boolean same(Digest other) {
    return MessageDigest.isEqual(
        hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "Digest[***]";
  }
}
