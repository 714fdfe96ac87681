package dev.errand.server;

import static org.awaitility.Awaitility.await;

import dev.errand.server.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a server has stored: how many rows in each table, and how many files of artifacts.
///
/// That somebody tried something is stored on purpose, whatever became of it: tries and the audit
/// log do not count.
///
/// Rows are only counted when a transaction has written anything since the last look, so that
/// looking after every request costs little.
final class Footprint implements AutoCloseable {
  private static final String OUTBOX = "webhook_outbox";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final Connection connection;
  private final Statement statement;
  private final Path artifacts;
  private final List<String> tables;
  private long writes = -1;
  private Map<String, Long> counts = Map.of();

  Footprint(Database database, Path directory) throws SQLException {
    this.connection = database.connections().getConnection();
    this.statement = connection.createStatement();
    this.artifacts = directory.resolve("artifacts");
    this.tables = tables();
  }

  private List<String> tables() throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            """
            SELECT oid::regclass::text FROM pg_class
            WHERE relkind IN ('r', 'p') AND NOT relispartition
              AND relname NOT IN ('audit_log', 'submission_rates')
              AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
              AND relnamespace::regnamespace::text !~ '^pg_'
            """)) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }

  /// From now on, what is stored now is what is compared with.
  void remember() throws SQLException {
    if (writesSoFar() != writes) {
      // Ten thousand times: a wait of its usual length would take a quarter of an hour.
      await().pollDelay(Duration.ZERO).pollInterval(LOOK_AGAIN).until(this::everybodyIsTold);
      writes = writesSoFar();
      counts = count();
    }
  }

  /// The ends of tasks are told a little later, and that stores deliveries.
  private boolean everybodyIsTold() throws SQLException {
    try (ResultSet found = statement.executeQuery("SELECT NOT EXISTS (TABLE webhook_outbox)")) {
      found.next();
      return found.getBoolean(1);
    }
  }

  /// What has come or gone since [#remember()], absent when nothing has.
  Optional<String> left() throws SQLException {
    if (writesSoFar() == writes) {
      return Optional.empty();
    }
    Map<String, Long> now = count();
    if (now.getOrDefault(OUTBOX, 0L) < counts.getOrDefault(OUTBOX, 0L)) {
      // Meanwhile the end of an earlier task became a delivery, in the background.
      return Optional.empty();
    }
    return now.equals(counts)
        ? Optional.empty()
        : Optional.of(
            now.entrySet().stream()
                .filter(table -> !table.getValue().equals(counts.get(table.getKey())))
                .map(table ->
                    "%s has %d instead of %d"
                        .formatted(table.getKey(), table.getValue(), counts.get(table.getKey())))
                .collect(Collectors.joining(", ")));
  }

  private long writesSoFar() throws SQLException {
    try (ResultSet next =
        statement.executeQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")) {
      next.next();
      return next.getLong(1);
    }
  }

  private Map<String, Long> count() throws SQLException {
    String all =
        tables.stream()
            .map(table -> "SELECT '%s', count(*) FROM %s".formatted(table, table))
            .collect(Collectors.joining(" UNION ALL "));
    Map<String, Long> found = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery(all)) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getLong(2));
      }
    }
    found.put("the artifact storage", files());
    return found;
  }

  private long files() {
    if (!Files.isDirectory(artifacts)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(artifacts)) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
