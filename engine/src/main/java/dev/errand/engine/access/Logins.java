package dev.errand.engine.access;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// What users opened with their passwords and have not closed yet. Each has one secret at a time,
/// of which only the digest is kept.
///
/// Thread-safe; may block and may throw [dev.errand.engine.task.StoreUnavailable].
public interface Logins {

  enum Kind {
    /// A program's: its secret is a refresh token, good for one use.
    TOKEN,
    /// A browser's: its secret is a cookie that stays as it is.
    BROWSER
  }

  /// Opens a login for a user whose password was checked against `passwordHash`.
  ///
  /// @return false when the user was disabled meanwhile or has another password
  boolean open(NewLogin login, String passwordHash);

  record NewLogin(UUID id, UserName user, Kind kind, Digest secret, Duration life) {}

  /// A login that goes on, of a user who is not disabled.
  Optional<Live> find(UUID id);

  record Live(UUID id, User user, Kind kind, Digest secret) {}

  /// Puts `next` in the place of the login's secret.
  ///
  /// Of two calls with the same secret one renews; the other one hears so for as long as `grace`.
  /// Later, somebody has stolen the secret or lost it to a thief: the login is ended.
  Renewal renew(UUID id, Digest presented, Digest next, Duration grace);

  sealed interface Renewal {
    record Renewed(User user) implements Renewal {}

    /// Another call has just used the secret.
    record JustUsed() implements Renewal {}

    /// The secret was used before; the login is ended now.
    record Reused(UserName user) implements Renewal {}

    /// There is no such login, or no more.
    record Unknown() implements Renewal {}
  }

  /// Ends a login; nothing happens when it has ended.
  void end(UUID id);

  /// Deletes logins that ended or ran out longer than `age` ago.
  ///
  /// @return how many
  int forget(Duration age);
}
