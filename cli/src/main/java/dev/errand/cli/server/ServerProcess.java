package dev.errand.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server's process on this machine, started by this command or by another.
///
/// @param log what the server wrote
record ServerProcess(ProcessHandle handle, Path log) {
  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";
  private static final int LAST_LINES = 15;
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  /// Starts a server on `data`; it is not ready yet.
  static ServerProcess start(Map<String, String> environment, DataDirectory data, int port) {
    ProcessBuilder builder = new ProcessBuilder(command(environment, port));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().remove("ERRAND_DATA_DIR_FILE");
    builder.environment().put("ERRAND_DATA_DIR", data.path().toString());
    // It ends too soon for an optimising compiler to earn back the time that it takes.
    builder
        .environment()
        .merge("ERRAND_JAVA_OPTS", QUICK_COMPILER, (given, ours) -> ours + " " + given);
    // The command that starts the server has just built it.
    builder.environment().put("ERRAND_BUILD", "never");
    Path log = data.serverLog();
    try {
      if (Files.exists(log)) {
        Path before = log.resolveSibling("server.log.1");
        Files.move(log, before, StandardCopyOption.REPLACE_EXISTING);
      }
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      return new ServerProcess(process.toHandle(), log);
    } catch (IOException e) {
      throw Trouble.here("The server cannot be started: " + e.getMessage());
    }
  }

  boolean alive() {
    return handle.isAlive();
  }

  /// Asks the server to stop, and waits until it has.
  void stop() {
    handle.destroy();
    CompletableFuture<ProcessHandle> ended = handle.onExit();
    try {
      ended.get(60, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException _) {
      // It drains for longer than anybody wants to wait; it will end by itself.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Says that the server is gone, with the end of its log.
  Trouble gone(String whatHappened) {
    return Trouble.here(
        whatHappened
            + " The end of its log, "
            + log
            + ":\n\n"
            + lastLines().indent(2)
            + "\nIf the log does not say what to do, start the server by hand to see more: errand serve");
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(the log cannot be read: " + e.getMessage() + ")";
    }
  }

  private static List<String> command(Map<String, String> environment, int port) {
    String launcher = environment.getOrDefault("ERRAND_LAUNCHER", "");
    if (launcher.isEmpty()) {
      throw Trouble.noServer(
          "No Errand server is running, and this program cannot start one: ./errand can.");
    }
    List<String> command = new ArrayList<>();
    // In a session of its own the server does not get the Ctrl-C that is meant for this command,
    // and can be stopped in good order.
    SETSID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .ifPresent(command::add);
    command.addAll(List.of(launcher, "serve", "--port", Integer.toString(port)));
    return command;
  }
}
