package dev.errand.server.database;

import dev.errand.postgres.embedded.EmbeddedPostgres;
import dev.errand.postgres.embedded.EmbeddedPostgresException;
import dev.errand.server.config.DatabaseAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL that runs, whatever schema its database has: somebody else's, or the embedded one,
/// which stops when this is closed.
public final class PostgresServer implements AutoCloseable {
  /// `cannot_connect_now`.
  private static final String STARTING_UP = "57P03";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Sessions sessions;
  private final Sessions impatient;
  private final @Nullable EmbeddedPostgres embedded;

  private PostgresServer(
      DatabaseAddress address, String name, @Nullable EmbeddedPostgres embedded) {
    this.sessions = Sessions.of(address, name);
    this.impatient = Sessions.impatient(address, name);
    this.embedded = embedded;
  }

  /// The one at `address`, or else the embedded one in `directory`, which is started.
  ///
  /// @param name by which the database knows our sessions
  /// @throws Database.Unusable when there is none to work with
  public static PostgresServer reach(
      Path directory, Optional<DatabaseAddress> address, String name) {
    return address
        .map(given -> elsewhere(given, name))
        .orElseGet(() -> startEmbedded(directory, name));
  }

  /// The embedded one in `directory` that another process runs; empty when none does. It runs on
  /// when this is closed.
  public static Optional<PostgresServer> running(Path directory, String name) {
    return EmbeddedPostgres.running(directory)
        .map(access -> new DatabaseAddress(access.jdbcUrl(), access.user(), access.password()))
        .map(address -> new PostgresServer(address, name, null));
  }

  private static PostgresServer elsewhere(DatabaseAddress address, String name) {
    Sessions sessions = Sessions.of(address, name);
    try {
      awaitUp(sessions);
    } catch (SQLException e) {
      throw new Database.Unusable(
          "The database at %s cannot be used: %s. Is it running, and is DATABASE_URL right?"
              .formatted(address, Database.firstLine(e.getMessage())),
          e);
    }
    return new PostgresServer(address, name, null);
  }

  /// Waits for one that is just starting, or recovers from a crash.
  private static void awaitUp(DataSource sessions) throws SQLException {
    long since = System.nanoTime();
    while (true) {
      try (Connection connection = sessions.getConnection()) {
        connection.isValid(1);
        return;
      } catch (SQLException e) {
        boolean patient = System.nanoTime() - since < PATIENCE.toNanos();
        if (!STARTING_UP.equals(e.getSQLState()) || !patient || !paused()) {
          throw e;
        }
      }
    }
  }

  private static boolean paused() {
    try {
      Thread.sleep(LOOK_AGAIN);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static PostgresServer startEmbedded(Path directory, String name) {
    try {
      EmbeddedPostgres started = EmbeddedPostgres.start(directory);
      DatabaseAddress address =
          new DatabaseAddress(started.jdbcUrl(), started.user(), started.password());
      return new PostgresServer(address, name, started);
    } catch (EmbeddedPostgresException e) {
      throw new Database.Unusable(String.valueOf(e.getMessage()), e);
    }
  }

  /// Opens a session with each connection.
  public DataSource sessions() {
    return sessions;
  }

  /// As [#sessions], for statements that take a moment: when the database says nothing for long,
  /// the session is given up.
  DataSource impatientSessions() {
    return impatient;
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
