package dev.errand.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Connections that tell how many rows each statement changed, and of which the process that uses
/// them can be killed before any statement.
final class WatchedConnections {
  private final Map<String, Integer> mostChanged = new ConcurrentHashMap<>();
  private int left = Integer.MAX_VALUE;

  /// After `count` statements and commits more, the connection breaks.
  void dieAfter(int count) {
    left = count;
  }

  boolean died() {
    return left < 0;
  }

  /// How many rows each statement changed at most.
  Map<String, Integer> mostChanged() {
    return mostChanged;
  }

  DataSource on(DataSource connections) {
    return wrapped(DataSource.class, connections, "", null);
  }

  private <T> T wrapped(Class<T> type, Object inner, String sql, @Nullable Connection around) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          if (method.getName().matches("execute.*|commit") && left-- <= 0) {
            left = -1;
            if (around != null) {
              around.abort(Runnable::run);
            }
            throw new SQLException("Killed", "08006");
          }
          Object answer = call(inner, method, arguments);
          if (method.getName().startsWith("execute") && inner instanceof PreparedStatement done) {
            mostChanged.merge(sql, Math.max(0, done.getUpdateCount()), Math::max);
          }
          return switch (answer) {
            case PreparedStatement statement ->
                wrapped(
                    PreparedStatement.class,
                    statement,
                    String.valueOf(arguments[0]),
                    (Connection) inner);
            case Connection connection -> wrapped(Connection.class, connection, "", connection);
            case null -> null;
            case Object other -> other;
          };
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
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
