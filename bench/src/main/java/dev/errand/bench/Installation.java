package dev.errand.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The launcher of a built project, with a data directory of its own that goes when this is closed.
///
/// @param launcher the project's `errand`
/// @param data the data directory
record Installation(Path launcher, Path data) implements AutoCloseable {
  /// An installation that has served once before, so that its database and caches are there.
  static Installation temporary(Path launcher) throws IOException, InterruptedException {
    Installation installation =
        new Installation(launcher, Files.createTempDirectory("errand-bench"));
    try (RunningServer _ = installation.serve()) {
      installation.run("submit", "echo", "--watch");
    }
    return installation;
  }

  /// Starts a server; it is healthy when this returns.
  RunningServer serve() throws IOException, InterruptedException {
    return serve(Map.of());
  }

  /// Starts a server with further environment variables.
  RunningServer serve(Map<String, String> environment) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    ProcessBuilder command = command("serve", "--port", "0");
    command.environment().putAll(environment);
    Process process = command.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    return RunningServer.awaited(process, data, begin);
  }

  /// Runs a command to its end.
  ///
  /// @return how long it took
  /// @throws IllegalStateException with all it said, when it failed
  Duration run(String... arguments) throws IOException, InterruptedException {
    return timed(command(arguments), output());
  }

  /// Runs a process to its end, its output in `output`.
  static Duration timed(ProcessBuilder command, Path output)
      throws IOException, InterruptedException {
    command.redirectErrorStream(true).redirectOutput(output.toFile());
    long begin = System.nanoTime();
    int exitCode = command.start().waitFor();
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    if (exitCode != 0) {
      throw new IllegalStateException(
          "%s ended with exit code %d: %s"
              .formatted(command.command(), exitCode, Files.readString(output)));
    }
    return time;
  }

  private ProcessBuilder command(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(launcher.toString());
    words.addAll(List.of(arguments));
    ProcessBuilder command = new ProcessBuilder(words);
    command.environment().keySet().removeIf(name -> name.startsWith("ERRAND_"));
    command.environment().put("ERRAND_DATA_DIR", data.toString());
    return command;
  }

  /// Where the last command's output is.
  Path output() {
    return data.resolve("bench-output");
  }

  private Path log() {
    return data.resolve("bench-server.log");
  }

  @Override
  public void close() throws IOException {
    delete(data);
  }

  /// Deletes a folder with all that is in it.
  static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Installation::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
