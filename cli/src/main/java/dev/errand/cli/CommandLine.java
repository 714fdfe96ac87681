package dev.errand.cli;

import dev.errand.cli.command.Commands;
import dev.errand.cli.command.ExitCode;
import dev.errand.cli.command.Interruption;
import dev.errand.cli.command.Surroundings;
import dev.errand.cli.server.Trouble;
import dev.errand.cli.view.Terminal;
import dev.errand.client.Refused;
import dev.errand.client.Unreachable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Runs what was typed, and explains what went wrong.
public final class CommandLine {
  private final Surroundings around;
  private final Terminal terminal;

  public CommandLine(
      Map<String, String> environment, Terminal terminal, Interruption interruption) {
    String program = environment.getOrDefault("ERRAND_PROGRAM", "errand");
    this.around = new Surroundings(environment, terminal, program, interruption);
    this.terminal = terminal;
  }

  /// @return an [ExitCode]
  public int run(List<String> typed) {
    try {
      return Commands.run(typed, around);
    } catch (RuntimeException e) {
      return around.interruption().happened() ? ExitCode.INTERRUPTED : explain(e, typed);
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  private int explain(RuntimeException problem, List<String> typed) {
    return switch (problem) {
      case Trouble trouble -> explain(trouble, typed);
      case Refused refused -> explain(refused);
      case Unreachable unreachable -> explain(unreachable);
      case UncheckedIOException e -> {
        terminal.note("What was asked for cannot be written: " + e.getMessage());
        yield ExitCode.THIS_MACHINE;
      }
      default -> {
        terminal.note("This is a mistake in errand; please report it:");
        problem.printStackTrace(terminal.err());
        yield ExitCode.BUG;
      }
    };
  }

  private int explain(Trouble trouble, List<String> typed) {
    terminal.note(trouble.getMessage());
    return switch (trouble.kind()) {
      case USAGE -> {
        String command = Commands.known(typed.getFirst()) ? " " + typed.getFirst() : "";
        terminal.note("More: " + around.program() + command + " --help");
        yield ExitCode.USAGE;
      }
      case NO_SERVER -> ExitCode.UNREACHABLE;
      case NOT_THERE -> ExitCode.REFUSED;
      case THIS_MACHINE -> ExitCode.THIS_MACHINE;
    };
  }

  private int explain(Unreachable unreachable) {
    terminal.note(String.valueOf(unreachable.getMessage()));
    terminal.note("Is it running? Start one here with: " + around.program() + " serve");
    return ExitCode.UNREACHABLE;
  }

  private int explain(Refused refused) {
    String detail = Terminal.plain(refused.detail());
    terminal.note("The server refused: " + detail + " [" + refused.code() + "]");
    for (Refused.Violation violation : refused.violations()) {
      if (!says(refused, violation)) {
        terminal.note("  " + Terminal.plain(violation.pointer() + ": " + violation.detail()));
      }
    }
    advise(refused);
    return ExitCode.REFUSED;
  }

  /// Whether the refusal's own words are those about one field.
  private static boolean says(Refused refused, Refused.Violation violation) {
    return refused.detail().contains(violation.pointer())
        && refused.detail().contains(violation.detail());
  }

  private void advise(Refused refused) {
    Duration retryAfter = refused.retryAfter();
    if (refused.status() == 401) {
      terminal.note(
          "Set ERRAND_TOKEN to a token of that server, or unset ERRAND_URL for the server here.");
    } else if (retryAfter != null) {
      terminal.note("Try again in " + retryAfter.toSeconds() + " s.");
    }
  }
}
