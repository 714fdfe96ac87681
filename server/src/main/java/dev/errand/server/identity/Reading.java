package dev.errand.server.identity;

import dev.errand.engine.access.UserName;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.server.json.Fields;
import dev.errand.server.problem.Refusal;
import dev.errand.server.security.Passwords;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the doors of this package read alike.
final class Reading {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 200;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

  private Reading() {}

  /// @throws Refusal.Refused naming each bad field
  static void check(Fields fields) {
    List<Violation> violations = fields.violations();
    if (!violations.isEmpty()) {
      throw Refusal.invalid("invalid_request", violations).refused();
    }
  }

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

  /// How many a page shows.
  ///
  /// @throws Problem.Refused for what makes no sense
  static int pageSize(@Nullable String limit) {
    if (limit == null) {
      return DEFAULT_PAGE;
    }
    OptionalInt size =
        NUMBER.matcher(limit).matches()
            ? OptionalInt.of(Integer.parseInt(limit))
            : OptionalInt.empty();
    return size.stream()
        .filter(asked -> asked >= 1 && asked <= MAX_PAGE)
        .findFirst()
        .orElseThrow(() -> bad("limit must be 1 to " + MAX_PAGE));
  }

  static Problem.Refused badCursor() {
    return bad("cursor must be the next_cursor of the page before");
  }

  static Problem.Refused bad(String what) {
    return new Problem.BadRequest(what + ".").refused();
  }
}
