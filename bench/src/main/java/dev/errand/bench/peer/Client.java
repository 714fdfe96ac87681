package dev.errand.bench.peer;

import dev.errand.bench.peer.client.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A process of a contestant, until it is closed.
public final class Client implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 300;
  private static final int FAREWELL_SECONDS = 5;
  private static final int LINES_SHOWN = 15;

  private final Process process;
  private final String name;
  private final Path log;

  /// Empty at the end.
  private final BlockingQueue<Optional<Message>> messages = new LinkedBlockingQueue<>();

  Client(String name, ProcessBuilder command, Path log) throws IOException {
    this.name = name;
    this.log = log;
    this.process = command.redirectError(log.toFile()).start();
    Thread.ofVirtual().name(name).start(this::listen);
  }

  /// Why a process did not do what it was told.
  public static final class Failed extends Exception {
    Failed(String message) {
      super(message);
    }
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Message.parse(line).ifPresent(message -> messages.add(Optional.of(message)));
      }
    } catch (IOException _) {
      // It has ended.
    }
    messages.add(Optional.empty());
  }

  /// Waits for the message `event`; others before it are passed over.
  public Message await(String event) throws Failed, InterruptedException {
    while (true) {
      Optional<Message> next = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw failed("said nothing for %d s, awaited \"%s\"".formatted(PATIENCE_SECONDS, event));
      }
      if (next.isEmpty()) {
        throw failed("ended before \"%s\"".formatted(event));
      }
      if (next.get().event().equals(event)) {
        return next.get();
      }
    }
  }

  /// Waits for a process that ends by itself.
  void awaitEnd() throws Failed, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw failed("failed");
    }
  }

  public void tell(String word) throws IOException {
    Writer words = process.outputWriter(StandardCharsets.UTF_8);
    words.write(word + "\n");
    words.flush();
  }

  public long pid() {
    return process.pid();
  }

  private Failed failed(String how) {
    try {
      List<String> lines = Files.readAllLines(log);
      String end = String.join("\n    ", lines.subList(0, Math.min(LINES_SHOWN, lines.size())));
      return new Failed("%s %s%s".formatted(name, how, end.isEmpty() ? "" : ":\n    " + end));
    } catch (IOException _) {
      return new Failed(name + " " + how);
    }
  }

  /// Ends a process that would not end by itself.
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    try {
      tell("bye");
      process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS);
    } catch (IOException _) {
      // It has ended.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    kill();
  }
}
