package dev.errand.cli;

import dev.errand.cli.command.Interruption;
import dev.errand.cli.view.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs commands in this process and keeps what they wrote.
final class Typed {
  private final Map<String, String> environment = new HashMap<>();
  private final Interruption interruption = new Interruption();
  private String input = "";
  private boolean live;

  /// What became of a command.
  record Outcome(int code, String out, String err) {}

  Typed with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Typed input(String text) {
    input = text;
    return this;
  }

  Typed onTerminal() {
    live = true;
    return this;
  }

  Interruption interruption() {
    return interruption;
  }

  Outcome run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            live,
            live,
            80);
    int code = new CommandLine(environment, terminal, interruption).run(List.of(words));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
