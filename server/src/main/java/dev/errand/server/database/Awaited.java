package dev.errand.server.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// A database that may still be starting: whoever asks for a connection waits until it has started.
///
/// @param database never fails; when there will be no database, the wait lasts until an interrupt
record Awaited(Future<? extends DataSource> database) implements DataSource {
  private DataSource started() throws SQLException {
    try {
      return database.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("Interrupted before the database had started", e);
    } catch (ExecutionException e) {
      throw new SQLTransientConnectionException("The database has not started", e);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    return started().getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return started().getConnection(user, password);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return started().getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    started().setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    started().setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return started().getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return started().unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return started().isWrapperFor(type);
  }
}
