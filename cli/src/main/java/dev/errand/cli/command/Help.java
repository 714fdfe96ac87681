package dev.errand.cli.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.commons.cli.Option;

/// Writes help.
final class Help {
  private Help() {}

  /// What the program can do, a line for each command.
  static String overview(Collection<Command> commands, String program) {
    StringBuilder text = new StringBuilder();
    text.append("Errand runs long tasks and keeps them safe.\n\nUsage: ");
    text.append(program).append(" COMMAND [OPTIONS]\n\nCommands:\n");
    for (Command command : commands) {
      text.append("  %-12s %s\n".formatted(command.usage().name(), command.usage().summary()));
    }
    text.append(
        """

        %s COMMAND --help says more about a command.

        ERRAND_URL and ERRAND_TOKEN name a server elsewhere; otherwise commands talk to the one
        that runs on the data directory (ERRAND_DATA_DIR).

        """
            .formatted(program));
    return text.append(ExitCode.HELP).toString().stripTrailing();
  }

  /// All about one command.
  static String of(Command command, OptionList options, String program) {
    Usage usage = command.usage();
    StringBuilder text = new StringBuilder();
    text.append(
        "Usage: %s %s [OPTIONS] %s".formatted(program, usage.name(), usage.operands()).strip());
    text.append("\n\n").append(usage.summary()).append('\n');
    if (!usage.details().isEmpty()) {
      text.append(usage.details()).append('\n');
    }
    text.append("\nOptions:\n");
    options(options).forEach(line -> text.append(line).append('\n'));
    text.append("\nExamples:\n");
    usage.examples().forEach(example -> text.append("  %s %s\n".formatted(program, example)));
    return text.append('\n').append(ExitCode.HELP).toString().stripTrailing();
  }

  private static List<String> options(OptionList list) {
    List<String> lines = new ArrayList<>();
    for (Option option : list.options().getOptions()) {
      String letter = option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ";
      String value = option.hasArg() ? " " + option.getArgName() : "";
      lines.add(
          "  %-26s %s"
              .formatted(letter + "--" + option.getLongOpt() + value, option.getDescription()));
    }
    return lines;
  }
}
