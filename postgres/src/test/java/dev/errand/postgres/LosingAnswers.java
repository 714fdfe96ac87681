package dev.errand.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Connections on which a database that dies at the wrong moment can be had: before it has heard a
/// statement, or after it has committed one whose answer never arrives.
final class LosingAnswers {
  private final AtomicInteger toRefuse = new AtomicInteger();
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger commitsToLose = new AtomicInteger();

  /// The next statement is not executed, and its caller hears that the connection broke.
  void refuseNext() {
    toRefuse.set(1);
  }

  /// The next statement is executed, and its caller hears that the connection broke.
  void loseNext() {
    toLose.set(1);
  }

  /// The next transaction is committed, and its caller hears that the connection broke.
  void loseNextCommit() {
    commitsToLose.set(1);
  }

  DataSource on(DataSource connections) {
    return wrapped(DataSource.class, connections);
  }

  private <T> T wrapped(Class<T> type, Object inner) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          boolean executes = method.getName().startsWith("execute");
          if (executes && toRefuse.getAndSet(0) > 0) {
            throw new SQLException("The connection broke", "08006");
          }
          Object answer = call(inner, method, arguments);
          AtomicInteger lost = method.getName().equals("commit") ? commitsToLose : toLose;
          if (method.getName().matches("execute.*|commit") && lost.getAndSet(0) > 0) {
            throw new SQLException("The answer got lost", "08006");
          }
          return switch (answer) {
            case PreparedStatement statement -> wrapped(PreparedStatement.class, statement);
            case Connection connection -> wrapped(Connection.class, connection);
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
