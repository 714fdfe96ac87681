package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.errand.postgres.embedded.TestServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// A fresh database for each test class, on one PostgreSQL for all of them. A test that leaves a
/// connection open fails.
///
/// ```java
/// @RegisterExtension static final TestDatabase database = TestDatabase.migrated();
/// ```
public final class TestDatabase
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final AtomicInteger CREATED = new AtomicInteger();

  private final Consumer<DataSource> preparation;
  private @Nullable Open open;
  private int connectionsBefore;

  private TestDatabase(Consumer<DataSource> preparation) {
    this.preparation = preparation;
  }

  /// A database without a single table.
  public static TestDatabase empty() {
    return new TestDatabase(_ -> {});
  }

  /// A database with the schema of this version.
  public static TestDatabase migrated() {
    return new TestDatabase(Migrations::migrate);
  }

  /// Connections to the database, at most ten at a time.
  public HikariDataSource pool() {
    return open().pool;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws SQLException {
    if (open == null) { // a nested class shares the database of the class around it
      TestServer server = server(context);
      String name = "test_" + CREATED.incrementAndGet();
      execute(server, "CREATE DATABASE " + name);
      open = new Open(context.getRequiredTestClass(), pool(server, name));
      preparation.accept(open.pool);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    connectionsBefore = connectionsInUse();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    checkConnections();
  }

  void checkConnections() {
    assertThat(connectionsInUse() - connectionsBefore)
        .as("connections that the test left open")
        .isZero();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Open closing = open();
    if (closing.testClass.equals(context.getRequiredTestClass())) {
      open = null;
      // The database goes with its server: dropping it now would fail while it is being vacuumed.
      closing.pool.close();
    }
  }

  private int connectionsInUse() {
    return pool().getHikariPoolMXBean().getActiveConnections();
  }

  private Open open() {
    return Objects.requireNonNull(open, "There is a database only while a test class runs");
  }

  /// One server for all test classes; it ends with the last of them.
  private static TestServer server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(TestDatabase.class))
        .computeIfAbsent(TestServer.class, _ -> TestServer.start(), TestServer.class);
  }

  private static HikariDataSource pool(TestServer server, String database) {
    var config = new HikariConfig();
    config.setJdbcUrl(server.jdbcUrl(database));
    config.setUsername(server.user());
    config.setPassword(server.password());
    config.addDataSourceProperty("options", StatementPlans.OPTIONS);
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  private static void execute(TestServer server, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                server.jdbcUrl("errand"), server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private record Open(Class<?> testClass, HikariDataSource pool) {}
}
