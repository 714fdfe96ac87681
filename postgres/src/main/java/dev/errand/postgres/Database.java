package dev.errand.postgres;

import dev.errand.engine.task.StoreUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs statements, each its own transaction unless said otherwise. Thread-safe.
final class Database {
  /// A statement that lost a deadlock was rolled back whole and is simply run again.
  private static final int TRIES = 5;

  private static final String UNIQUE_VIOLATION = "23505";

  private final DataSource connections;

  Database(DataSource connections) {
    this.connections = connections;
  }

  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// May be run again when another transaction got in its way.
  interface Transaction<T> {
    T on(Connection connection) throws SQLException;
  }

  <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) {
    return run(connection -> query(connection, sql, row, parameters));
  }

  /// As the other one, in the caller's transaction.
  static <T> List<T> query(
      Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row.read(rows));
        }
        return found;
      }
    }
  }

  <T> Optional<T> queryOne(String sql, Row<T> row, @Nullable Object... parameters) {
    return query(sql, row, parameters).stream().findFirst();
  }

  /// How many rows the statement counts in the only column of its only row.
  int count(String sql, @Nullable Object... parameters) {
    return query(sql, row -> row.getInt(1), parameters).getFirst();
  }

  /// What the statement says in the only column of its only row.
  boolean yes(String sql, @Nullable Object... parameters) {
    return query(sql, row -> row.getBoolean(1), parameters).getFirst();
  }

  /// How many rows the statement changed.
  int update(String sql, @Nullable Object... parameters) {
    return run(connection -> update(connection, sql, parameters));
  }

  /// As the other one, in the caller's transaction.
  static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parameters);
      return statement.executeUpdate();
    }
  }

  /// Repeats a statement that deletes some of the rows, until it finds none.
  ///
  /// @return how many rows were deleted
  int deleteAll(String sql, @Nullable Object... parameters) {
    int deleted = 0;
    for (int some = update(sql, parameters); some > 0; some = update(sql, parameters)) {
      deleted += some;
    }
    return deleted;
  }

  /// All of `work` or nothing. What is not committed is rolled back as the connection is closed, by
  /// the pool too, which also puts it back in the mode in which it was lent.
  <T> T inTransaction(Transaction<T> work) {
    return run(connection -> {
      connection.setAutoCommit(false);
      T result = work.on(connection);
      connection.commit();
      return result;
    });
  }

  private <T> T run(Transaction<T> work) {
    for (int tries = 1; ; tries++) {
      try (Connection connection = connections.getConnection()) {
        return work.on(connection);
      } catch (SQLException e) {
        if (!lostConflict(e) || tries == TRIES) {
          throw failure(e);
        }
      }
    }
  }

  static void bind(
      Connection connection, PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      switch (parameters[i]) {
        case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
        case Array array -> statement.setArray(i + 1, array.in(connection));
        case null -> statement.setObject(i + 1, null);
        case Object value -> statement.setObject(i + 1, value);
      }
    }
  }

  /// An array parameter; its elements may be null.
  ///
  /// @param type PostgreSQL's name of the element type
  record Array(String type, List<? extends @Nullable Object> elements) {
    /// What `value` says of each of `items`.
    static <T> Array of(
        String type, Collection<T> items, Function<T, ? extends @Nullable Object> value) {
      List<@Nullable Object> elements = new ArrayList<>(items.size());
      for (T item : items) {
        elements.add(value.apply(item));
      }
      return new Array(type, elements);
    }

    /// Absent when there is nothing in it: `unnest` fills up with nulls what is shorter than
    /// others.
    private java.sql.@Nullable Array in(Connection connection) throws SQLException {
      if (elements.size() > 1 && empty()) {
        return null;
      }
      return connection.createArrayOf(type, elements.toArray(kind()));
    }

    /// Asked 19 times for each group of submissions: a stream costs more than it reads better.
    private boolean empty() {
      for (Object element : elements) {
        if (element != null) {
          return false;
        }
      }
      return true;
    }

    /// The driver sends arrays of these in binary form, others as text.
    private Object[] kind() {
      return switch (type) {
        case "text" -> new String[0];
        case "bigint" -> new Long[0];
        case "smallint" -> new Short[0];
        default -> new Object[0];
      };
    }
  }

  /// A row that must be the only one of its kind is there already; nothing was changed.
  static final class Duplicate extends IllegalStateException {
    Duplicate(SQLException cause) {
      super("The row is there: " + cause.getMessage(), cause);
    }
  }

  static RuntimeException failure(SQLException e) {
    if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
      return new Duplicate(e);
    }
    return passes(e)
        ? new StoreUnavailable("The database does not serve just now: " + e.getMessage(), e)
        : new IllegalStateException("The database refused a statement: " + e.getMessage(), e);
  }

  private static boolean lostConflict(SQLException e) {
    String state = e.getSQLState();
    return "40001".equals(state) || "40P01".equals(state);
  }

  /// Whether the same statement may succeed later.
  private static boolean passes(SQLException e) {
    String state = e.getSQLState();
    return e instanceof SQLTransientConnectionException
        // the pool when its caller is interrupted
        || state == null
        // connection exceptions
        || state.startsWith("08")
        // shutting down, starting up
        || state.startsWith("57P")
        // too many connections, disk full
        || state.startsWith("53")
        // conflicts lost again and again
        || lostConflict(e)
        // closed by the administrator while it was idle; read-only, as a standby is; cancelled by
        // a time limit or an administrator; a lock not had in time
        || List.of("25P03", "25006", "57014", "55P03").contains(state);
  }

  /// A length of time for `interval '1 microsecond'`.
  static long microseconds(Duration time) {
    return time.toNanos() / 1_000;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime found = row.getObject(column, OffsetDateTime.class);
    return found == null ? null : found.toInstant();
  }
}
