package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL of our own: the real server, durable, in one directory of this machine.
///
/// It listens on 127.0.0.1 only, and only for who knows the password. When it dies, it is started
/// again on the same port; when this process dies, it ends by itself; and whatever an earlier run
/// left in the directory, the next start works at once. Thread-safe.
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final Keeper keeper;
  private final Keeper.Kept kept;

  private EmbeddedPostgres(Keeper keeper, Keeper.Kept kept) {
    this.keeper = keeper;
    this.kept = kept;
  }

  /// Starts the PostgreSQL of `directory` and waits until it accepts connections. The first time,
  /// this unpacks the programs and creates the database.
  ///
  /// Works as root too: the server then runs as `nobody`, or as whoever owns its data.
  ///
  /// @throws EmbeddedPostgresException when it cannot run, or another process runs one there; the
  ///   message says what to do
  public static EmbeddedPostgres start(Path directory) {
    return start(directory, directory, Map.of());
  }

  /// @param binaries where the programs are unpacked, or have been; for several servers to share
  /// @param settings what differs from `postgresql.conf`
  public static EmbeddedPostgres start(
      Path directory, Path binaries, Map<String, String> settings) {
    var keeper = new Keeper(directory.toAbsolutePath(), binaries.toAbsolutePath(), settings);
    try {
      var postgres = new EmbeddedPostgres(keeper, keeper.start());
      postgres.checkConnection();
      return postgres;
    } catch (InterruptedException _) {
      close(keeper);
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("Interrupted while PostgreSQL was starting.");
    }
  }

  /// How to connect to the PostgreSQL that another process runs in `directory`; empty when none
  /// does, or when it accepts no connections just now.
  public static Optional<Access> running(Path directory) {
    try {
      Optional<PidFile> server = PidFile.read(Cluster.dataIn(directory)).filter(PidFile::accepting);
      if (server.isEmpty()) {
        return Optional.empty();
      }
      Cluster cluster = Cluster.servedIn(directory);
      Access access =
          new Access(cluster.jdbcUrl(server.get().port()), Cluster.USER, cluster.password());
      return access.granted() ? Optional.of(access) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // whoever owns it has not left it to us
    }
  }

  /// What a connection needs.
  public record Access(String jdbcUrl, String user, String password) {
    private boolean granted() {
      try (var _ = DriverManager.getConnection(jdbcUrl, user, password)) {
        return true;
      } catch (SQLException _) {
        return false; // a file that a crash has left behind
      }
    }

    @Override
    public String toString() {
      return "%s as %s".formatted(jdbcUrl, user);
    }
  }

  public String jdbcUrl() {
    return kept.cluster().jdbcUrl(kept.port());
  }

  public int port() {
    return kept.port();
  }

  /// The role that owns the database `errand`: it may create databases and extensions that
  /// PostgreSQL trusts, but is no superuser.
  public String user() {
    return Cluster.USER;
  }

  public String password() {
    return kept.cluster().password();
  }

  /// Ends the server and waits for that; an interrupt ends only the waiting. Close the connections
  /// first: open ones are cut.
  @Override
  public void close() {
    close(keeper);
  }

  private static void close(Keeper keeper) {
    try {
      keeper.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      log.warn("PostgreSQL may not have ended", failure);
    }
  }

  private void checkConnection() {
    try (var _ = DriverManager.getConnection(jdbcUrl(), user(), password())) {
      log.debug("PostgreSQL accepts connections at {}", jdbcUrl());
    } catch (SQLException refused) {
      close();
      throw new EmbeddedPostgresException(
          "PostgreSQL runs, but not for Errand's role. If the file %s was changed, put the old one back."
              .formatted(kept.cluster().directory().resolve("password")),
          refused);
    }
  }
}
