package dev.errand.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Connections whose user can be killed at any statement or commit: before it, or when the database
/// has done it and nobody hears the answer. The database has noticed by then, and let go of
/// everything. Thread-safe.
final class MortalConnections {
  private static final String END = "SELECT pg_terminate_backend(?, 5000)";

  private final Database survivor;
  private int left = Integer.MAX_VALUE;
  private boolean done;
  private boolean died;

  /// @param survivor connections that nobody kills
  MortalConnections(DataSource survivor) {
    this.survivor = new Database(survivor);
  }

  synchronized void dieAt(int statement, boolean afterwards) {
    left = statement;
    done = afterwards;
    died = false;
  }

  synchronized boolean revive() {
    left = Integer.MAX_VALUE;
    boolean was = died;
    died = false;
    return was;
  }

  private synchronized boolean strikes() {
    return --left == 0;
  }

  /// @param buried is told of a connection that was killed
  DataSource on(DataSource connections, Consumer<Connection> buried) {
    return wrapped(DataSource.class, connections, null, buried);
  }

  private <T> T wrapped(
      Class<T> type, Object inner, @Nullable Connection own, Consumer<Connection> buried) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          if (BREAKS_IDLE_HOLDS.equals(arguments == null ? null : arguments[0])) {
            return false; // in this test somebody may hold tasks for as long as it takes
          }
          boolean strikes = method.getName().matches("execute.*|commit") && strikes();
          if (strikes && !done) {
            throw killed(own, buried);
          }
          Object answer = call(inner, method, arguments);
          if (method.getName().equals("unwrap")) {
            return answer;
          }
          if (strikes) {
            throw killed(own, buried);
          }
          return switch (answer) {
            case java.sql.PreparedStatement statement ->
                wrapped(java.sql.PreparedStatement.class, statement, own, buried);
            case Statement statement -> wrapped(Statement.class, statement, own, buried);
            case Connection opened -> wrapped(Connection.class, opened, opened, buried);
            case null -> null;
            case Object other -> other;
          };
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static final String BREAKS_IDLE_HOLDS = "SET idle_in_transaction_session_timeout = '2s'";

  private SQLException killed(@Nullable Connection connection, Consumer<Connection> buried)
      throws SQLException {
    if (connection != null) {
      int process = connection.unwrap(PGConnection.class).getBackendPID();
      buried.accept(connection);
      survivor.yes(END, process);
    }
    synchronized (this) {
      died = true;
    }
    return new SQLException("Killed", "08006");
  }

  private static @Nullable Object call(Object inner, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
