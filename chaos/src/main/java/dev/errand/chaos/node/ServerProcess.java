package dev.errand.chaos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server in a process of its own.
///
/// @param data its data directory
/// @param log what the process says
public record ServerProcess(Process process, Path data, Path log) implements AutoCloseable {
  private static final int GLANCE_MILLIS = 10;
  private static final int LONGEST_START_SECONDS = 120;

  /// Where it answers; waits until it is ready, and is empty when it ended before.
  public Optional<String> url() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
      Optional<String> url = urlSoFar();
      if (url.isPresent()) {
        return url;
      }
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS)) {
        throw new AssertionError("Process %d does not get ready, see %s".formatted(pid(), log));
      }
    }
    return Optional.empty();
  }

  /// From the file by which a server tells where it is; empty while it does not, even when an
  /// earlier one that was killed left such a file.
  private Optional<String> urlSoFar() throws IOException {
    Pattern ours = Pattern.compile("\"pid\": %d, \"url\": \"([^\"]+)\"".formatted(pid()));
    try {
      Matcher note = ours.matcher(Files.readString(data.resolve("server.json")));
      return note.find() ? Optional.of(note.group(1)) : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  public boolean ready() throws IOException {
    return alive() && urlSoFar().isPresent();
  }

  public void awaitReady() throws IOException, InterruptedException {
    if (url().isEmpty()) {
      throw new AssertionError("Process %d did not start, see %s".formatted(pid(), log));
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public void signal(String signal) throws IOException, InterruptedException {
    if (alive()) {
      Processes.signal(pid(), signal);
    }
  }

  public void awaitEnd() throws InterruptedException {
    if (!process.waitFor(LONGEST_START_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("Process %d does not end, see %s".formatted(pid(), log));
    }
  }

  /// Ends it in good order.
  @Override
  public void close() {
    process.toHandle().destroy(); // its standard input stays open, see NodeProgram
    process.onExit().orTimeout(LONGEST_START_SECONDS, TimeUnit.SECONDS).join();
  }
}
