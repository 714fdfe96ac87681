package dev.errand.cli.server;

import dev.errand.client.ErrandClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A server for the length of a command: the one that runs already, or one that the first command
/// starts, the following ones share, and the last one stops.
public final class EmbeddedServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Map<String, String> environment;
  private final Servers servers;
  private final DataDirectory data;
  private volatile @Nullable Door users;
  private volatile @Nullable ServerProcess process;
  private volatile boolean starting;
  private boolean closed;

  public EmbeddedServer(Map<String, String> environment) {
    this.environment = environment;
    this.servers = new Servers(environment);
    this.data = servers.data();
  }

  /// A client of the running server, or of one that is started now.
  ///
  /// @param onStart called before a server is started, which takes a moment
  /// @throws Trouble when none can be had
  public ErrandClient open(Runnable onStart) {
    if (servers.named()) {
      return servers.client();
    }
    data.create();
    try (Door _ = new Door(data.path().resolve("embedded.lock")).exclusively()) {
      Optional<ErrandClient> running = servers.find();
      if (running.isPresent()) {
        embeddedProcess().ifPresent(this::join);
        return running.get();
      }
      onStart.run();
      starting = true;
      ErrandClient client = start();
      starting = false;
      return client;
    }
  }

  /// Whether the server ends with the commands that use it.
  public boolean temporary() {
    return process != null;
  }

  /// Looks whether the server is still there.
  ///
  /// @throws Trouble with the end of its log when it has gone
  public void check() {
    ServerProcess used = process;
    if (used != null && !used.alive()) {
      throw used.gone("The server has ended before the task did.");
    }
  }

  /// Stops the server when it was started for commands like this one, and this is the last.
  @Override
  public synchronized void close() {
    Door mine = users;
    ServerProcess used = process;
    boolean before = closed;
    closed = true;
    if (before || mine == null || used == null) {
      return;
    }
    if (starting) {
      // This command holds the lock, so no other can have come to use the server.
      used.stop();
      return;
    }
    try (Door _ = new Door(data.path().resolve("embedded.lock")).exclusively();
        mine) {
      if (mine.isLast()) {
        used.stop();
      }
    }
  }

  private ErrandClient start() {
    ServerProcess started = launch();
    note(started);
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (started.alive() && System.nanoTime() < deadline) {
      Optional<ErrandClient> client = servers.find().filter(ErrandClient::healthy);
      if (client.isPresent()) {
        return client.get();
      }
      pause();
    }
    if (started.alive()) {
      started.stop();
      throw started.gone(
          "The server was not ready within " + START_LIMIT.toMinutes() + " minutes.");
    }
    throw started.gone("The server did not come up.");
  }

  /// Either this process is there for `close` to stop, or it is not started any more.
  private synchronized ServerProcess launch() {
    if (closed) {
      throw Trouble.here("Interrupted before the server was started.");
    }
    ServerProcess started = ServerProcess.start(environment, data, Port.choose(environment));
    join(started);
    return started;
  }

  private void join(ServerProcess server) {
    process = server;
    users = new Door(data.path().resolve("embedded.users")).shared();
  }

  /// The process of a running server that another command started.
  private Optional<ServerProcess> embeddedProcess() {
    try {
      long pid = Long.parseLong(Files.readString(noteFile()).strip());
      return data.serverNote()
          .filter(note -> note.pid() == pid)
          .flatMap(note -> ProcessHandle.of(note.pid()))
          .map(handle -> new ServerProcess(handle, data.serverLog()));
    } catch (IOException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private void note(ServerProcess server) {
    try {
      Files.writeString(noteFile(), Long.toString(server.handle().pid()));
    } catch (IOException e) {
      server.stop();
      throw Trouble.here(noteFile() + " cannot be written: " + e.getMessage());
    }
  }

  private Path noteFile() {
    return data.path().resolve("embedded.pid");
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Trouble.here("Interrupted while the server was starting.");
    }
  }
}
