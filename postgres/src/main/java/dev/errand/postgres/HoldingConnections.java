package dev.errand.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The connections on which one worker holds tasks: as many as it has holds at a time. Thread-safe.
final class HoldingConnections implements AutoCloseable {
  /// PostgreSQL lets go of what a silent worker holds. A hold ends within milliseconds.
  private static final String BREAK_IDLE_HOLDS = "SET idle_in_transaction_session_timeout = '2s'";

  private final DataSource sessions;
  private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  HoldingConnections(DataSource sessions) {
    this.sessions = sessions;
  }

  /// A connection whose next statement begins a transaction.
  Connection borrow() throws SQLException {
    @Nullable Connection known = idle.poll();
    return known == null ? open() : known;
  }

  private Connection open() throws SQLException {
    Connection opened = sessions.getConnection();
    try (Statement statement = opened.createStatement()) {
      statement.execute(BREAK_IDLE_HOLDS);
      opened.setAutoCommit(false);
      return opened;
    } catch (SQLException e) {
      discard(opened);
      throw e;
    }
  }

  /// Takes a connection back whose transaction has ended.
  void giveBack(Connection connection) {
    idle.add(connection);
    if (closed) {
      close();
    }
  }

  /// Closes a connection that broke, and with it whatever its transaction did.
  static void discard(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // It was broken already.
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Connection one = idle.poll(); one != null; one = idle.poll()) {
      discard(one);
    }
  }
}
