package dev.errand.cli.command;

/// How a command says to the shell what became of it.
public final class ExitCode {
  public static final int DONE = 0;
  public static final int TASK_FAILED = 1;
  public static final int USAGE = 2;
  public static final int UNREACHABLE = 3;
  public static final int REFUSED = 4;
  public static final int INTERRUPTED = 5;
  public static final int THIS_MACHINE = 6;
  public static final int BUG = 70;

  /// What every command's help says about them.
  public static final String HELP =
      """
      Exit codes:
        0  done
        1  the task failed or was cancelled
        2  the command was not understood
        3  no server can be reached
        4  the server refused
        5  interrupted; the task is kept
        6  something on this machine is in the way (a file, a port, the JDK, the build)
        70 a mistake in errand itself
      """;

  private ExitCode() {}
}
