package dev.errand.chaos.kill;

import dev.errand.chaos.node.Launcher;
import dev.errand.chaos.node.Postmaster;
import dev.errand.chaos.node.ServerProcess;
import dev.errand.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The servers and their one database, which outlives them all.
final class Stage implements AutoCloseable {
  private final Launcher launcher;
  private final Map<Seat, ServerProcess> servers = new EnumMap<>(Seat.class);
  private @Nullable EmbeddedPostgres database;

  Stage(Launcher launcher) {
    this.launcher = launcher;
  }

  /// Who a server is.
  enum Seat {
    /// Takes tasks and runs them.
    FRONT,
    /// Only runs them.
    BACK;

    String folder() {
      return this == FRONT ? "front" : "back";
    }
  }

  /// What is on stage.
  enum Setting {
    /// One server with its own embedded database, as people start it.
    ALONE,
    /// Two servers on a database that is neither's.
    PAIR
  }

  /// Changes to `setting`; what does not belong there ends in good order.
  void change(Setting setting) throws IOException {
    if (setting == setting()) {
      return;
    }
    close();
    if (setting == Setting.PAIR) {
      database = EmbeddedPostgres.start(postgres());
    }
  }

  Setting setting() {
    return database == null ? Setting.ALONE : Setting.PAIR;
  }

  /// Starts every server that does not run; does not wait for them.
  void fill() throws IOException {
    for (Seat seat : Seat.values()) {
      boolean wanted = seat == Seat.FRONT || setting() == Setting.PAIR;
      if (wanted && !runs(seat)) {
        servers.put(seat, launcher.start(seat.folder(), folder(seat), environment(seat)));
      }
    }
  }

  private Map<String, String> environment(Seat seat) {
    Map<String, String> environment = new HashMap<>();
    EmbeddedPostgres shared = database;
    if (shared != null) {
      environment.put(
          "DATABASE_URL",
          "postgresql://%s:%s@127.0.0.1:%d/errand"
              .formatted(shared.user(), shared.password(), shared.port()));
    }
    if (seat == Seat.BACK) {
      environment.put("ERRAND_ROLE", "worker");
    }
    return environment;
  }

  boolean runs(Seat seat) {
    ServerProcess server = servers.get(seat);
    return server != null && server.alive();
  }

  boolean ready(Seat seat) throws IOException {
    ServerProcess server = servers.get(seat);
    return server != null && server.ready();
  }

  /// The server in `seat`, which may have ended.
  ServerProcess server(Seat seat) {
    ServerProcess server = servers.get(seat);
    if (server == null) {
      throw new IllegalStateException("Nobody was in seat " + seat);
    }
    return server;
  }

  /// The shared database.
  EmbeddedPostgres database() {
    EmbeddedPostgres shared = database;
    if (shared == null) {
      throw new IllegalStateException("The database is the server's own");
    }
    return shared;
  }

  Postmaster postmaster() {
    return new Postmaster(postgres());
  }

  private Path postgres() {
    return folder(Seat.FRONT).resolve("postgres");
  }

  Path folder(Seat seat) {
    return launcher.folder().resolve(seat.folder());
  }

  /// Ends the servers in good order.
  void endServers() {
    servers.values().stream().filter(ServerProcess::alive).forEach(ServerProcess::close);
  }

  /// Ends everything in good order.
  @Override
  public void close() {
    endServers();
    EmbeddedPostgres shared = database;
    database = null;
    if (shared != null) {
      shared.close();
    }
  }
}
