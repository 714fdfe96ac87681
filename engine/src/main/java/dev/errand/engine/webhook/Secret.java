package dev.errand.engine.webhook;

import java.security.SecureRandom;
import java.util.Base64;

/// What a webhook's deliveries are signed with, in the form that the Standard Webhooks
/// specification gives it: `whsec_` and 32 random bytes in base64.
///
/// @param value never shown after the answer that gave it to its owner
public record Secret(String value) {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// A secret nobody has seen.
  public static Secret random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Secret(PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
