package dev.errand.server.security;

import dev.errand.server.data.DataDirectory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// The administrator's token. It lies in the data directory, readable by the server's own user
/// only, so that whoever may read that file is the administrator.
public final class AdminToken {
  private static final String FILE = "token";
  private static final int MIN_LENGTH = 32;

  private final byte[] value;

  private AdminToken(String value) {
    this.value = value.getBytes(StandardCharsets.UTF_8);
  }

  /// The token in `directory`, made there first when there is none.
  ///
  /// @throws DataDirectory.Unusable when it cannot be read or written, or is easy to guess
  public static AdminToken in(DataDirectory directory) {
    Optional<String> known = directory.read(FILE);
    if (known.isPresent()) {
      return new AdminToken(longEnough(known.get().strip(), directory));
    }
    String fresh = random();
    directory.publish(FILE, fresh + "\n");
    return new AdminToken(fresh);
  }

  private static String longEnough(String token, DataDirectory directory) {
    if (token.length() < MIN_LENGTH) {
      throw new DataDirectory.Unusable(
          "The token in %s has fewer than %d characters. Put a longer one there, or delete the file to have one made."
              .formatted(directory.path().resolve(FILE), MIN_LENGTH));
    }
    return token;
  }

  /// 256 random bits, safe in a header and in a URL.
  static String random() {
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /// Takes the same time whatever `candidate` is.
  boolean matches(String candidate) {
    return MessageDigest.isEqual(value, candidate.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "AdminToken[***]";
  }
}
