package dev.errand.cli.command;

import dev.errand.cli.view.Terminal;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.LogLine;
import java.util.List;
import java.util.Locale;

/// Shows what a task has logged.
final class LogCommand extends ServerCommand {

  @Override
  public Usage usage() {
    return new Usage(
        "log",
        "ID",
        "Show what a task has logged.",
        "",
        List.of("log 3c1d4e5f", "log 3c1d4e5f --follow"));
  }

  @Override
  public void options(OptionList options) {
    options
        .flag("follow", "Wait for further lines until the task has ended.")
        .json("Print a line of JSON for each line of the log.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    String task = TaskIds.whole(client, arguments.operand("ID"));
    boolean json = arguments.has("json");
    try {
      client.log(
          task,
          arguments.has("follow"),
          line -> print(json ? Json.line(line.json()) : text(line), around.terminal()));
    } catch (Deserted _) {
      // Whoever read our lines has seen enough.
    }
    return ExitCode.DONE;
  }

  private static void print(String line, Terminal terminal) {
    terminal.print(line);
    if (terminal.deserted()) {
      throw new Deserted();
    }
  }

  private static String text(LogLine line) {
    return "%s %-5s %s"
        .formatted(
            line.at() == null ? "" : line.at(),
            line.level().toUpperCase(Locale.ROOT),
            Terminal.plain(line.text()))
        .strip();
  }

  /// Ends the following when nobody reads what it prints.
  private static final class Deserted extends RuntimeException {}
}
