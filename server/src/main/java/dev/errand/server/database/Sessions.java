package dev.errand.server.database;

import dev.errand.postgres.StatementPlans;
import dev.errand.server.config.DatabaseAddress;
import org.postgresql.ds.PGSimpleDataSource;

/// Opens sessions with one database.
final class Sessions extends PGSimpleDataSource {
  private static final int CONNECT_SECONDS = 5;

  /// A machine that is busy, or a database that recovers, may take its time.
  private static final int LOGIN_SECONDS = 30;

  /// No statement of ours takes so long. A network that swallows everything would otherwise keep a
  /// thread waiting for a quarter of an hour, or for ever.
  private static final int LONGEST_SILENCE_SECONDS = 20;

  private Sessions() {
    super.setLoginTimeout(LOGIN_SECONDS);
  }

  /// @param name by which the database knows these sessions
  static Sessions of(DatabaseAddress address, String name) {
    Sessions sessions = new Sessions();
    sessions.setUrl(address.jdbcUrl());
    if (address.user() != null) {
      sessions.setUser(address.user());
    }
    if (address.password() != null) {
      sessions.setPassword(address.password());
    }
    sessions.setApplicationName(name);
    sessions.setOptions(StatementPlans.OPTIONS);
    sessions.setConnectTimeout(CONNECT_SECONDS);
    sessions.setTcpKeepAlive(true);
    return sessions;
  }

  /// @return sessions that break when the database is silent for long while it is asked something
  static Sessions impatient(DatabaseAddress address, String name) {
    Sessions sessions = of(address, name);
    sessions.setSocketTimeout(LONGEST_SILENCE_SECONDS);
    return sessions;
  }

  /// Changes nothing: the pool would have a session be ready within the time that a caller waits
  /// for one, or else give it up and begin anew.
  @Override
  public void setLoginTimeout(int seconds) {
    // Said above.
  }
}
