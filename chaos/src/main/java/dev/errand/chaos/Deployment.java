package dev.errand.chaos;

import dev.errand.chaos.Node.Role;
import dev.errand.chaos.disk.Disk;
import dev.errand.chaos.node.Launcher;
import dev.errand.chaos.node.Postmaster;
import dev.errand.postgres.embedded.EmbeddedPostgres;
import dev.errand.testkit.tcp.FaultyProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What faults are injected into: a PostgreSQL, perhaps on a small disk of its own, and four nodes.
final class Deployment implements AutoCloseable {
  private static final List<Role> ROLES = List.of(Role.ALL, Role.API, Role.WORKER, Role.WORKER);

  /// What is left of a small disk must soon be full.
  private static final Map<String, String> POSTGRES =
      Map.of("max_wal_size", "96MB", "min_wal_size", "32MB", "max_connections", "120");

  private final @Nullable Disk disk;
  private final String whyNoDisk;
  private final Postmaster postmaster;
  private final EmbeddedPostgres database;
  private final List<Node> nodes = new ArrayList<>();

  private Deployment(
      @Nullable Disk disk, String whyNoDisk, Path folder, EmbeddedPostgres database) {
    this.disk = disk;
    this.whyNoDisk = whyNoDisk;
    this.postmaster = new Postmaster(folder);
    this.database = database;
  }

  /// Starts them all; they are ready when this returns.
  static Deployment start(Launcher launcher) throws IOException, InterruptedException {
    Disk disk = null;
    String whyNoDisk = "";
    try {
      disk = Disk.mountedIn(launcher.folder());
    } catch (Disk.Missing missing) {
      whyNoDisk = String.valueOf(missing.getMessage());
    }
    Deployment deployment = null;
    try {
      Path parent = (disk == null ? launcher.folder() : disk.folder()).resolve("postgres");
      Path binaries = launcher.folder().resolve("binaries");
      EmbeddedPostgres database = EmbeddedPostgres.start(parent, binaries, POSTGRES);
      deployment = new Deployment(disk, whyNoDisk, parent, database);
      deployment.startNodes(launcher);
      return deployment;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      close(deployment, disk);
      throw e;
    }
  }

  private static void close(@Nullable Deployment deployment, @Nullable Disk disk) {
    if (deployment != null) {
      deployment.close();
    } else if (disk != null) {
      disk.close();
    }
  }

  private void startNodes(Launcher launcher) throws IOException, InterruptedException {
    InetSocketAddress postgres =
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), database.port());
    for (Role role : ROLES) {
      FaultyProxy network = FaultyProxy.to(postgres);
      Map<String, String> environment =
          Map.of(
              "DATABASE_URL",
              "postgresql://%s:%s@127.0.0.1:%d/errand"
                  .formatted(database.user(), database.password(), network.port()),
              "ERRAND_ROLE",
              role.name().toLowerCase(Locale.ROOT),
              "ERRAND_ARTIFACT_DIR",
              launcher.folder().resolve("artifacts").toString());
      String name = "node-" + (nodes.size() + 1);
      Node node = new Node(name, role, launcher, network, environment);
      nodes.add(node);
      node.start();
      if (nodes.size() == 1) {
        node.awaitReady(); // makes the schema
      }
    }
    awaitReady();
  }

  List<Node> nodes() {
    return nodes;
  }

  List<Node> workers() {
    return nodes.stream().filter(node -> node.role().runsTasks()).toList();
  }

  List<Node> fronts() {
    return nodes.stream().filter(node -> node.role().takesTasks()).toList();
  }

  static Node any(List<Node> nodes, RandomGenerator random) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  /// Starts what does not run, and waits until everything is ready.
  void awaitReady() throws IOException, InterruptedException {
    for (Node node : nodes) {
      node.start();
    }
    for (Node node : nodes) {
      node.awaitReady();
    }
  }

  Optional<Disk> disk() {
    return Optional.ofNullable(disk);
  }

  /// Why the disk cannot be filled; empty when it can.
  String whyNoDisk() {
    return whyNoDisk;
  }

  Postmaster postmaster() {
    return postmaster;
  }

  /// A connection that nothing disturbs.
  Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  /// Ends the servers, all at the same time.
  void endNodes() {
    List<Thread> ends =
        nodes.stream()
            .map(node ->
                Thread.ofPlatform()
                    .start(() -> {
                      try {
                        node.close();
                      } catch (IOException _) {
                        // Its network was closed already.
                      }
                    }))
            .toList();
    boolean interrupted = Thread.interrupted();
    for (Thread end : ends) {
      while (end.isAlive()) {
        try {
          end.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    endNodes();
    database.close();
    if (disk != null) {
      disk.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
