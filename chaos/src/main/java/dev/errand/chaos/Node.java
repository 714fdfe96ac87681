package dev.errand.chaos;

import dev.errand.chaos.node.Launcher;
import dev.errand.chaos.node.ServerProcess;
import dev.errand.testkit.tcp.FaultyProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A place for a server, with a network of its own between it and the database; servers in it come
/// and go. Thread-safe.
final class Node implements AutoCloseable {
  private static final int LONGEST_END_SECONDS = 30;

  private final String name;
  private final Role role;
  private final Launcher launcher;
  private final FaultyProxy network;
  private final Map<String, String> environment;
  private volatile @Nullable ServerProcess server;

  /// What a node does.
  enum Role {
    ALL,
    API,
    WORKER;

    boolean takesTasks() {
      return this != WORKER;
    }

    boolean runsTasks() {
      return this != API;
    }
  }

  /// @param environment of its servers
  Node(
      String name,
      Role role,
      Launcher launcher,
      FaultyProxy network,
      Map<String, String> environment) {
    this.name = name;
    this.role = role;
    this.launcher = launcher;
    this.network = network;
    this.environment = Map.copyOf(environment);
  }

  Role role() {
    return role;
  }

  /// Between it and the database.
  FaultyProxy network() {
    return network;
  }

  /// Starts a server, unless one runs; does not wait until it is ready.
  synchronized void start() throws IOException {
    ServerProcess known = server;
    if (known == null || !known.alive()) {
      server = launcher.start(name, launcher.folder().resolve(name), environment);
    }
  }

  ServerProcess server() {
    ServerProcess known = server;
    if (known == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return known;
  }

  /// A server whose start met a fault may have given up; then another one is started.
  void awaitReady() throws IOException, InterruptedException {
    while (server().url().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(500);
      start();
    }
  }

  boolean ready() throws IOException {
    ServerProcess known = server;
    return known != null && known.ready();
  }

  /// Where it takes requests, and the word that lets one in; empty while it does not.
  Optional<Door> door() throws IOException, InterruptedException {
    if (!ready()) {
      return Optional.empty();
    }
    Path token = launcher.folder().resolve(name).resolve("token");
    String authorization = "Bearer " + Files.readString(token).strip();
    return server().url().map(url -> new Door(url, authorization));
  }

  record Door(String url, String authorization) {
    URI to(String path) {
      return URI.create(url + path);
    }
  }

  /// Ends its server in good order if it does so in time, and takes the network away.
  @Override
  public void close() throws IOException {
    ServerProcess last = server;
    if (last != null) {
      last.process().toHandle().destroy(); // its standard input stays open
      try {
        if (!last.process().waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
          last.process().destroyForcibly().waitFor();
        }
      } catch (InterruptedException _) {
        last.process().destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    network.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
