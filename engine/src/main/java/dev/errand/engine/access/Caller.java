package dev.errand.engine.access;

import dev.errand.engine.problem.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Somebody who was authenticated.
///
/// @param user owns what it submits
/// @param witness hears of each use of an administrator's right to other people's things
public record Caller(String user, Role role, Witness witness) {

  /// A caller whom nobody watches.
  public Caller(String user, Role role) {
    this(user, role, _ -> {});
  }

  /// From the least that one may do to the most.
  public enum Role {
    USER,
    /// Also pauses queues and sees workers.
    OPERATOR,
    /// Sees and does everything.
    ADMIN;

    public static Optional<Role> of(String word) {
      return Arrays.stream(values()).filter(role -> role.toString().equals(word)).findFirst();
    }

    /// The one of the two that may do less.
    public Role orLess(Role other) {
      return compareTo(other) <= 0 ? this : other;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Hears that a caller was let at something of `owner`'s.
  public interface Witness {
    void othersAccessed(String owner);
  }

  /// Whether this caller may see and act on what `owner` owns.
  public boolean mayAccess(String owner) {
    if (user.equals(owner)) {
      return true;
    }
    if (admin()) {
      witness.othersAccessed(owner);
    }
    return admin();
  }

  public boolean admin() {
    return role == Role.ADMIN;
  }

  /// @param what names the thing in the refusal, such as "Pausing queues"
  /// @throws Problem.Refused unless this caller is an operator or an administrator
  public void requireOperator(String what) {
    if (role == Role.USER) {
      throw new Problem.Forbidden(what + " is for operators.").refused();
    }
  }

  /// @param what names the thing in the refusal, such as "Reading directories of the server"
  /// @throws Problem.Refused unless this caller is an administrator
  public void requireAdmin(String what) {
    if (!admin()) {
      throw new Problem.Forbidden(what + " is for administrators.").refused();
    }
  }
}
