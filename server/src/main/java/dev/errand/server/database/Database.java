package dev.errand.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.errand.postgres.Migrations;
import dev.errand.postgres.NewerSchema;
import dev.errand.postgres.PostgresLeases;
import dev.errand.server.config.DatabaseAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// The database, which starts on a thread of its own while everything else does.
///
/// Ready means: it answers, has the schema of this version, and no dead worker of an earlier run
/// holds a task of the embedded database.
public final class Database implements AutoCloseable {
  private static final int POOL = 16;
  private static final int IDLE_CONNECTIONS = 2;

  /// Whoever submits a task should hear soon that the database is away.
  private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(2);

  private static final Duration WAIT_FOR_FIRST_CONNECTION = Duration.ofSeconds(30);

  private final CompletableFuture<HikariDataSource> start = new CompletableFuture<>();

  /// Never fails, so that whatever works with the database waits in silence while the start ends.
  private final CompletableFuture<HikariDataSource> ready = new CompletableFuture<>();

  private final Path directory;
  private final Optional<DatabaseAddress> address;
  private final Thread starting;
  private volatile @Nullable PostgresServer server;

  /// The database at `address`, or else the embedded one in `directory`.
  public Database(Path directory, Optional<DatabaseAddress> address) {
    this.directory = directory;
    this.address = address;
    this.starting = Thread.ofPlatform().name("database-start").unstarted(this::run);
  }

  /// Begins to start the database; [#awaitReady] waits for the end of that.
  public void start() {
    starting.start();
  }

  /// A pool of connections; the first of them waits until the database is ready.
  public DataSource connections() {
    return new Awaited(ready);
  }

  /// Opens connections that are kept, outside of the pool, when the database is ready.
  public DataSource sessions() {
    return new Awaited(ready.thenApply(HikariDataSource::getDataSource));
  }

  /// As [#sessions], for statements that may take minutes.
  public DataSource patientSessions() {
    return new Awaited(ready.thenApply(_ -> Objects.requireNonNull(server).sessions()));
  }

  /// Whether the database answers now.
  public boolean answers() {
    if (!ready.isDone()) {
      return false;
    }
    try (Connection connection = ready.join().getConnection()) {
      return connection.isValid(1);
    } catch (SQLException _) {
      return false;
    }
  }

  /// How many of the pool's connections are in use.
  public int connectionsInUse() {
    return ready.isDone() ? ready.join().getHikariPoolMXBean().getActiveConnections() : 0;
  }

  /// How many threads wait for one of the pool's connections.
  public int waitingForConnection() {
    return ready.isDone() ? ready.join().getHikariPoolMXBean().getThreadsAwaitingConnection() : 0;
  }

  /// Waits until the database is ready.
  ///
  /// @throws Unusable when it will not be
  public void awaitReady() {
    try {
      start.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new Unusable(String.valueOf(cause.getMessage()), cause);
    }
  }

  private void run() {
    try {
      HikariDataSource pool = open();
      ready.complete(pool);
      start.complete(pool);
    } catch (Throwable e) {
      start.completeExceptionally(e);
    }
  }

  private HikariDataSource open() {
    PostgresServer reached = PostgresServer.reach(directory, address, "errand");
    server = reached;
    DataSource sessions = reached.impatientSessions();
    HikariDataSource pool = new HikariDataSource(configuration(sessions));
    try {
      Migrations.migrate(reached.sessions());
    } catch (NewerSchema e) {
      pool.close();
      throw new Unusable(String.valueOf(e.getMessage()), e);
    } catch (FlywayException e) {
      pool.close();
      throw new Unusable(
          "The database could not be brought to this version's schema: %s"
              .formatted(firstLine(e.getMessage())),
          e);
    }
    if (address.isEmpty()) {
      new PostgresLeases(pool, sessions).declareAllDead();
    }
    return pool;
  }

  private static HikariConfig configuration(DataSource sessions) {
    HikariConfig configuration = new HikariConfig();
    configuration.setPoolName("database");
    configuration.setDataSource(sessions);
    configuration.setMaximumPoolSize(POOL);
    configuration.setMinimumIdle(IDLE_CONNECTIONS);
    configuration.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
    configuration.setInitializationFailTimeout(WAIT_FOR_FIRST_CONNECTION.toMillis());
    return configuration;
  }

  static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }

  /// Closes the connections and stops the embedded database; ends a start that is still under way.
  @Override
  public void close() {
    starting.interrupt();
    try {
      starting.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (ready.isDone()) {
      ready.join().close();
    }
    PostgresServer reached = server;
    if (reached != null) {
      reached.close();
    }
  }

  /// Why there is no database to work with, and what to do.
  public static final class Unusable extends RuntimeException {
    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
