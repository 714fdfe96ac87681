package dev.errand.engine.access;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The users of this server. They are never deleted, so that a name never comes to mean somebody
/// else.
///
/// Thread-safe; may block and may throw [dev.errand.engine.task.StoreUnavailable].
public interface Users {

  /// @param passwordHash of which the password cannot be told
  /// @return the new user, empty when the name is taken
  Optional<User> add(UserName name, Caller.Role role, String passwordHash);

  Optional<User> find(UserName name);

  /// The hash of the user's password; empty when there is no such user.
  Optional<String> passwordHash(UserName name);

  /// Users by name.
  ///
  /// @param after with whom the page before ended, absent for the first one
  List<User> list(@Nullable UserName after, int limit);

  /// Changes what is given and ends the logins of a user who is disabled.
  ///
  /// @return the user as it is then, empty when there is none
  Optional<User> change(UserName name, Caller.@Nullable Role role, @Nullable Boolean disabled);

  /// Gives the user another password and ends all logins of the old one.
  ///
  /// @return false when there is no such user
  boolean setPassword(UserName name, String passwordHash);

  /// Keeps the same password in another form, unless it is another password by now.
  void rehash(UserName name, String from, String to);
}
