package dev.errand.server.security;

import dev.errand.engine.access.Caller.Role;
import dev.errand.engine.access.User;
import dev.errand.engine.access.UserName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;

/// Tokens that nobody may accept.
public final class ForgedTokens {
  private ForgedTokens() {}

  /// A token of this server's own, for a login, that ran out an hour ago.
  public static String expired(Keyring keyring, String user, UUID login) {
    InstantSource past =
        InstantSource.offset(InstantSource.system(), Duration.ofHours(-1).minusMinutes(5));
    return new UserTokens(keyring, Duration.ofMinutes(5), past).issue(admin(user), login);
  }

  /// A token that is good in an hour.
  public static String early(Keyring keyring, String user, UUID login) {
    InstantSource future = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
    return new UserTokens(keyring, Duration.ofMinutes(5), future).issue(admin(user), login);
  }

  private static User admin(String user) {
    return new User(new UserName(user), Role.ADMIN, false, Instant.EPOCH);
  }

  /// The same claims, said to need no signature.
  public static String unsigned(String token) {
    return encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + token.split("\\.", -1)[1] + ".";
  }

  /// The same signature under claims that promise more.
  public static String tampered(String token) {
    String[] parts = token.split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String more = claims.replace("\"user\"", "\"admin\"").replaceFirst("\\{", "{\"x\":1,");
    return parts[0] + "." + encoded(more) + "." + parts[2];
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
