package dev.errand.server.security;

import dev.errand.engine.access.Logins;
import dev.errand.engine.access.Logins.Kind;
import dev.errand.engine.access.Logins.NewLogin;
import dev.errand.engine.access.Logins.Renewal;
import dev.errand.engine.access.User;
import dev.errand.engine.access.UserName;
import dev.errand.engine.access.Users;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// How users log in, stay logged in, and log out. Thread-safe.
public final class UserLogins {
  /// Two tabs of one browser may refresh at once.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Users users;
  private final Logins logins;
  private final Passwords passwords;
  private final UserTokens tokens;
  private final Duration life;

  /// @param life of a login
  public UserLogins(
      Users users, Logins logins, Passwords passwords, UserTokens tokens, Duration life) {
    this.users = users;
    this.logins = logins;
    this.passwords = passwords;
    this.tokens = tokens;
    this.life = life;
  }

  /// What a program gets.
  public record Tokens(User user, String access, Duration accessLife, String refresh) {
    @Override
    public String toString() {
      return "Tokens[" + user.name() + ", ***]";
    }
  }

  /// What a browser gets.
  public record Cookie(User user, String value, Duration life) {
    @Override
    public String toString() {
      return "Cookie[" + user.name() + ", ***]";
    }
  }

  /// Empty when there is no such user, the user is disabled or the password is wrong: which of
  /// these is not told, nor does the time tell it.
  public Optional<Tokens> forProgram(Optional<UserName> name, String password) {
    return open(name, password, Kind.TOKEN).map(opened -> tokens(opened.user(), opened.ticket()));
  }

  /// As [#forProgram].
  public Optional<Cookie> forBrowser(Optional<UserName> name, String password) {
    return open(name, password, Kind.BROWSER)
        .map(opened -> new Cookie(opened.user(), opened.ticket().text(), life));
  }

  private record Opened(User user, Ticket ticket) {}

  private Optional<Opened> open(Optional<UserName> name, String password, Kind kind) {
    return checked(name, password).flatMap(hash -> open(name.orElseThrow(), kind, hash));
  }

  private Optional<Opened> open(UserName name, Kind kind, String hash) {
    Ticket ticket = Ticket.fresh(UUID.randomUUID());
    NewLogin login = new NewLogin(ticket.login(), name, kind, ticket.digest(), life);
    return logins.open(login, hash)
        ? logins.find(ticket.login()).map(live -> new Opened(live.user(), ticket))
        : Optional.empty();
  }

  public boolean exists(UserName name) {
    return users.find(name).isPresent();
  }

  /// Whether this is the user's password.
  public boolean knows(UserName name, String password) {
    return checked(Optional.of(name), password).isPresent();
  }

  /// The hash that `password` fits to, as it is kept now.
  private Optional<String> checked(Optional<UserName> name, String password) {
    Optional<String> hash = name.flatMap(users::passwordHash);
    if (!passwords.matches(password, hash)) {
      return Optional.empty();
    }
    return hash.map(kept -> passwords.outdated(kept) ? renewed(name, kept, password) : kept);
  }

  private String renewed(Optional<UserName> name, String kept, String password) {
    String hash = passwords.hash(password);
    users.rehash(name.orElseThrow(), kept, hash);
    return hash;
  }

  /// What came of a refresh token.
  public sealed interface Refreshed {
    record With(Tokens tokens) implements Refreshed {}

    record JustUsed() implements Refreshed {}

    /// Used a second time: all that came of its login has ended.
    record Reused(UserName user) implements Refreshed {}

    record Unknown() implements Refreshed {}
  }

  public Refreshed refresh(String token) {
    return Ticket.parse(token).map(this::refresh).orElseGet(Refreshed.Unknown::new);
  }

  private Refreshed refresh(Ticket presented) {
    Ticket next = Ticket.fresh(presented.login());
    return switch (logins.renew(presented.login(), presented.digest(), next.digest(), GRACE)) {
      case Renewal.Renewed(var user) -> new Refreshed.With(tokens(user, next));
      case Renewal.JustUsed() -> new Refreshed.JustUsed();
      case Renewal.Reused(var user) -> new Refreshed.Reused(user);
      case Renewal.Unknown() -> new Refreshed.Unknown();
    };
  }

  private Tokens tokens(User user, Ticket ticket) {
    return new Tokens(user, tokens.issue(user, ticket.login()), tokens.life(), ticket.text());
  }

  public void end(UUID login) {
    logins.end(login);
  }
}
