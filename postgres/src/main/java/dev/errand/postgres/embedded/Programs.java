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
  }

  Account account() {
    return account;
  }

  /// A program that is asked to end by `shutdown` when this process dies.
  ProcessBuilder command(Shutdown shutdown, String program, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    tool("setsid").ifPresent(command::add);
    command.addAll(privileges(shutdown));
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

  private List<String> privileges(Shutdown shutdown) throws IOException {
    Optional<String> setpriv = tool("setpriv");
    return switch (account) {
      case Account.Ours _ when setpriv.isEmpty() -> {
        log.warn(
            "setpriv (of util-linux) is not installed: a killed Errand leaves its PostgreSQL"
                + " running until the next start");
        yield List.of();
      }
      case Account.Ours _ -> List.of(setpriv.get(), "--pdeathsig", shutdown.signal());
      case Account.Lent lent -> {
        var arguments = new ArrayList<String>();
        arguments.add(setpriv.orElseThrow(Programs::noWayToLeaveRoot));
        arguments.add("--reuid=" + lent.uid());
        arguments.add("--regid=" + lent.gid());
        arguments.add("--clear-groups");
        arguments.addAll(Passage.of(lent, visited).arguments());
        arguments.addAll(List.of("--pdeathsig", shutdown.signal()));
        yield arguments;
      }
    };
  }

  private static EmbeddedPostgresException noWayToLeaveRoot() {
    return new EmbeddedPostgresException(
        "PostgreSQL refuses to run as root, and setpriv, which would start it under another account, is not installed. Install util-linux, or run Errand as an ordinary user. "
            + EmbeddedPostgresException.OTHERWISE);
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
