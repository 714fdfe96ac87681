package dev.errand.cli.server;

/// What keeps a command from being done, in words that say what to do about it.
public final class Trouble extends RuntimeException {
  private final Kind kind;

  private Trouble(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /// Whose trouble it is; decides the exit code.
  public enum Kind {
    /// The command was not understood.
    USAGE,
    /// There is no server to talk to.
    NO_SERVER,
    /// The server has no such thing.
    NOT_THERE,
    /// A file, a port or a program here is in the way.
    THIS_MACHINE
  }

  public static Trouble usage(String message) {
    return new Trouble(Kind.USAGE, message);
  }

  public static Trouble noServer(String message) {
    return new Trouble(Kind.NO_SERVER, message);
  }

  public static Trouble notThere(String message) {
    return new Trouble(Kind.NOT_THERE, message);
  }

  public static Trouble here(String message) {
    return new Trouble(Kind.THIS_MACHINE, message);
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
