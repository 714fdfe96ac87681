package dev.errand.cli;

import dev.errand.cli.command.ExitCode;
import dev.errand.cli.command.Interruption;
import dev.errand.cli.view.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Where the command line starts and ends.
public final class Main {
  private Main() {}

  /// @param arguments what was typed; `--rehearse` alone is the launcher's word for [Rehearsal]
  public static void main(String[] arguments) throws IOException {
    // The JDK would send a POST again by itself when a kept connection breaks: a key made twice.
    System.setProperty("sun.net.http.retryPost", "false");
    Map<String, String> environment = System.getenv();
    Terminal terminal = Terminal.ofProcess(environment);
    Interruption interruption = new Interruption();
    AtomicBoolean done = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              if (!done.get()) {
                interruption.happens();
                terminal.err().flush();
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
              }
            }));
    boolean rehearsal = arguments.length == 1 && arguments[0].equals("--rehearse");
    CommandLine commands = new CommandLine(environment, terminal, interruption);
    int code = rehearsal ? Rehearsal.play() : commands.run(List.of(arguments));
    done.set(true);
    System.exit(code);
  }
}
