package dev.errand.engine.access;

import dev.errand.engine.problem.Problem;

/// Somebody who was authenticated.
///
/// @param user owns what it submits
public record Caller(String user, Role role) {

  public enum Role {
    USER,
    /// Also pauses queues and sees workers.
    OPERATOR,
    /// Sees and does everything.
    ADMIN
  }

  /// Whether this caller may see and act on what `owner` owns.
  public boolean mayAccess(String owner) {
    return role == Role.ADMIN || user.equals(owner);
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
