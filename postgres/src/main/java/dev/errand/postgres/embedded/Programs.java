package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs PostgreSQL's programs: under the right account, in a session of their own, and never longer
/// than this process.
///
/// A session of their own keeps Ctrl-C from them: it is meant for Errand, which still needs its
/// database while it drains. That they end with this process is the kernel's work, through `setpriv
/// --pdeathsig`: it signals the program when the *thread* that started it ends. Start programs only
/// from a platform thread that lives as long as they should.
final class Programs {
  private static final Logger log = LoggerFactory.getLogger(Programs.class);

  private final Distribution distribution;
  private final Account account;
  private final List<Path> visited;

  /// @param data where the programs work; it need not exist yet
  Programs(Distribution distribution, Account account, Path data) {
    this.distribution = distribution;
    this.account = account;
    this.visited = List.of(distribution.directory(), data);
    if (account instanceof Account.Ours && tool("setpriv").isEmpty()) {
      log.warn(
          "setpriv (of util-linux) is not installed: when Errand is killed, its PostgreSQL runs on"
              + " until the next start");
    }
  }

  Account account() {
    return account;
  }

  /// A program that is asked to end by `shutdown` when this process dies.
  ProcessBuilder command(Shutdown shutdown, String program, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    tool("setsid").ifPresent(command::add);
    command.addAll(changeOfAccount(shutdown));
    command.add(distribution.program(program).toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(distribution.directory().toFile());
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  /// Runs a program to its end, which must be a good one.
  void run(String program, List<String> arguments, String input)
      throws IOException, InterruptedException {
    Process process =
        command(Shutdown.IMMEDIATE, program, arguments).redirectErrorStream(true).start();
    try (var toProgram = process.outputWriter(StandardCharsets.UTF_8)) {
      toProgram.write(input);
    } catch (IOException _) {
      // It ended without reading: its exit code and its output say why.
    }
    String output;
    try (var fromProgram = process.inputReader(StandardCharsets.UTF_8)) {
      output = fromProgram.readAllAsString();
    }
    if (process.waitFor() != 0) {
      throw EmbeddedPostgresException.because(
          "PostgreSQL's %s ended with exit code %d.".formatted(program, process.exitValue()),
          output);
    }
  }

  private List<String> changeOfAccount(Shutdown shutdown) throws IOException {
    String signal = shutdown.signal();
    return switch (account) {
      case Account.Ours _ ->
          tool("setpriv").map(setpriv -> List.of(setpriv, "--pdeathsig", signal)).orElse(List.of());
      case Account.Disguised _ ->
          List.of(needed("unshare"), "--user", needed("setpriv"), "--pdeathsig", signal);
      case Account.Lent lent -> {
        var change = new ArrayList<>(List.of(needed("setpriv"), "--pdeathsig", signal));
        change.addAll(List.of("--reuid=" + lent.uid(), "--regid=" + lent.gid(), "--clear-groups"));
        change.addAll(Passage.of(lent, visited).arguments());
        yield change;
      }
    };
  }

  private static String needed(String tool) {
    return tool(tool)
        .orElseThrow(() ->
            new EmbeddedPostgresException(
                "PostgreSQL refuses to run as root, and %s, which would start it under another account, is not installed. Install util-linux, or run Errand as an ordinary user. %s"
                    .formatted(tool, EmbeddedPostgresException.OTHERWISE)));
  }

  private static Optional<String> tool(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return List.of((path + ":/usr/bin:/bin").split(":")).stream()
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
