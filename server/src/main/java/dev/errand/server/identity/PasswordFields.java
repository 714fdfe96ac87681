package dev.errand.server.identity;

import dev.errand.engine.access.UserName;
import dev.errand.server.json.Fields;
import dev.errand.server.security.Passwords;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The passwords in a body: those that somebody chooses, and those that are to be tried.
final class PasswordFields {
  private PasswordFields() {}

  /// A password that somebody chooses: long enough, and not the name again.
  static Optional<String> newPassword(Fields fields, String name, @Nullable UserName user) {
    Optional<String> password = fields.require(name).text(name);
    password
        .flatMap(chosen -> complaint(chosen, user))
        .ifPresent(complaint -> fields.refuse(name, complaint));
    return password;
  }

  private static Optional<String> complaint(String password, @Nullable UserName user) {
    int length = password.codePointCount(0, password.length());
    if (length < Passwords.MIN_LENGTH || length > Passwords.MAX_LENGTH) {
      return Optional.of(
          "must have %d to %d characters".formatted(Passwords.MIN_LENGTH, Passwords.MAX_LENGTH));
    }
    if (password.codePoints().distinct().count() < 4) {
      return Optional.of("must have 4 different characters or more");
    }
    boolean sameAsName = user != null && UserName.parse(password).filter(user::equals).isPresent();
    return sameAsName ? Optional.of("must not be the user's name") : Optional.empty();
  }

  /// A password to be tried: what is too long cannot be anybody's.
  static Optional<String> password(Fields fields, String name) {
    Optional<String> password = fields.require(name).text(name);
    if (password.filter(tried -> tried.length() > 2 * Passwords.MAX_LENGTH).isPresent()) {
      fields.refuse(name, "must have %d characters at most".formatted(Passwords.MAX_LENGTH));
    }
    return password;
  }
}
