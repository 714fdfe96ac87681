package dev.errand.bench.peer;

import dev.errand.bench.peer.client.Role;
import dev.errand.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A PostgreSQL for one comparison: as durable as PostgreSQL is by default, with room for more than
/// the defaults have, and otherwise with PostgreSQL's defaults instead of Errand's.
public final class Postgres implements Store {
  private static final Map<String, String> ROOM =
      Map.of("shared_buffers", "1GB", "max_wal_size", "4GB", "max_connections", "200");

  /// What Errand's own PostgreSQL has set otherwise.
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("wal_compression", "off"),
          Map.entry("effective_cache_size", "4GB"),
          Map.entry("work_mem", "4MB"),
          Map.entry("wal_buffers", "-1"),
          Map.entry("max_locks_per_transaction", "64"),
          Map.entry("jit", "on"),
          Map.entry("max_parallel_workers_per_gather", "2"),
          Map.entry("max_parallel_maintenance_workers", "2"),
          Map.entry("max_worker_processes", "8"),
          Map.entry("max_logical_replication_workers", "4"),
          Map.entry("io_method", "worker"),
          Map.entry("random_page_cost", "4.0"),
          Map.entry("min_wal_size", "80MB"),
          Map.entry("autovacuum_naptime", "60s"),
          Map.entry("autovacuum_max_workers", "3"),
          Map.entry("autovacuum_worker_slots", "16"),
          Map.entry("autovacuum_vacuum_scale_factor", "0.2"),
          Map.entry("autovacuum_vacuum_insert_scale_factor", "0.2"),
          Map.entry("autovacuum_analyze_scale_factor", "0.1"),
          Map.entry("autovacuum_vacuum_cost_limit", "-1"),
          Map.entry("log_min_duration_statement", "-1"));

  private static final String DATABASE = "bench";
  private static final int TRIES = 50;
  private static final int AUTOVACUUM_TRIES = 600;
  private static final long PAUSE_MILLIS = 100;

  private final EmbeddedPostgres server;
  private final Clients clients;
  private final long pid;
  private final Set<Contestant> prepared = EnumSet.noneOf(Contestant.class);

  private Postgres(EmbeddedPostgres server, Clients clients) throws SQLException {
    this.server = server;
    this.clients = clients;
    this.pid = postmaster();
  }

  public static Postgres start(Path folder, Clients clients) throws SQLException {
    Map<String, String> settings = new HashMap<>(DEFAULTS);
    settings.putAll(ROOM);
    return new Postgres(EmbeddedPostgres.start(folder, folder, settings), clients);
  }

  private long postmaster() throws SQLException {
    try (Connection connection = connection("errand");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      return Processes.parent(rows.getLong(1)); // while the session, a process of its own, is there
    }
  }

  public String version() throws SQLException {
    try (Connection connection = connection("errand")) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  @Override
  public void empty(Contestant contestant) throws Exception {
    String template = "\"empty-" + contestant + '"';
    drop(DATABASE);
    if (!prepared.contains(contestant)) {
      drop(template);
      execute("errand", "CREATE DATABASE " + template);
      clients.run(contestant, Role.SETUP, environment(template.replace("\"", "")));
      prepared.add(contestant);
    }
    copy(template);
  }

  /// Sessions are ended, but an autovacuum, which belongs to somebody greater, is waited for.
  private void drop(String database) throws SQLException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        execute("errand", "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(database));
        return;
      } catch (SQLException e) {
        if (!"42501".equals(e.getSQLState()) || tries == AUTOVACUUM_TRIES) {
          throw e;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /// A template is free when the last session with it has ended, which is a moment after its
  /// process.
  private void copy(String template) throws SQLException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        execute("errand", "CREATE DATABASE bench TEMPLATE " + template);
        return;
      } catch (SQLException inUse) {
        if (tries == TRIES) {
          throw inUse;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /// Statistics as they would be after a while, and a checkpoint: creating a database by copying
  /// its files begins with one, and Errand's role may not ask for one otherwise.
  @Override
  public void settle() throws SQLException {
    execute(DATABASE, "ANALYZE");
    execute("errand", "CREATE DATABASE checkpoint TEMPLATE template0 STRATEGY file_copy");
    execute("errand", "DROP DATABASE checkpoint");
  }

  @Override
  public Map<String, String> environment() {
    return environment(DATABASE);
  }

  /// The database with the jobs, in the form that a server takes.
  public String url() {
    return "postgresql://%s:%s@127.0.0.1:%d/%s"
        .formatted(server.user(), server.password(), server.port(), DATABASE);
  }

  private Map<String, String> environment(String database) {
    return Map.of(
        "PGHOST", "127.0.0.1",
        "PGPORT", String.valueOf(server.port()),
        "PGDATABASE", database,
        "PGUSER", server.user(),
        "PGPASSWORD", server.password());
  }

  @Override
  public long pid() {
    return pid;
  }

  /// A session with the jobs.
  public Connection session() throws SQLException {
    return connection(DATABASE);
  }

  private Connection connection(String database) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), database);
    return DriverManager.getConnection(url, server.user(), server.password());
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = connection(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
