package dev.errand.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CrashTest {
  @TempDir Path directory;

  @BeforeEach
  void make_a_cluster() throws IOException {
    NewCluster.in(directory);
  }

  @Test
  void starts_at_once_after_its_process_was_killed(TestReporter reporter) throws Exception {
    try (var other = OtherProcess.start(directory);
        Connection connection = other.connect()) {
      Rows.write(connection, 100_000);
      connection.setAutoCommit(false);
      Rows.execute(connection, "DELETE FROM kept");
      other.kill();
    }
    long killed = System.nanoTime();
    try (var postgres = start()) {
      reporter.publishEntry("ms to the next start", millisSince(killed));
      assertThat(Rows.count(postgres)).isEqualTo(100_000);
    }
  }

  @Test
  void ends_by_itself_after_its_process_was_killed() throws Exception {
    try (var other = OtherProcess.start(directory)) {
      other.kill();
      await().until(() -> Servers.serving(directory).isEmpty());
      assertThat(PidFile.read(Cluster.dataIn(directory))).isEmpty();
    }
  }

  /// A stopped session stands for one that computes: it does not notice that its postmaster died.
  @Test
  void starts_at_once_after_everything_was_killed_but_a_session(TestReporter reporter)
      throws Exception {
    try (var other = OtherProcess.start(directory);
        Connection connection = other.connect()) {
      Rows.write(connection, 7);
      long session = Long.parseLong(Rows.value(connection, "SELECT pg_backend_pid()"));
      Servers.signal("STOP", session);
      long postmaster = Servers.postmaster(directory);
      other.kill();
      Servers.signal("KILL", postmaster);
      long killed = System.nanoTime();
      try (var postgres = start()) {
        reporter.publishEntry("ms to the next start", millisSince(killed));
        assertThat(Rows.count(postgres)).isEqualTo(7);
      }
      assertThat(Servers.runs(session)).isFalse();
    }
  }

  @Test
  void a_killed_server_is_started_again_on_the_same_port(TestReporter reporter) throws Exception {
    try (var postgres = start();
        var pool = new HikariDataSource()) {
      pool.setJdbcUrl(postgres.jdbcUrl());
      pool.setUsername(postgres.user());
      pool.setPassword(postgres.password());
      try (Connection connection = pool.getConnection()) {
        Rows.write(connection, 7);
        long session = Long.parseLong(Rows.value(connection, "SELECT pg_backend_pid()"));
        Servers.signal("STOP", session);
        Servers.signal("KILL", Servers.postmaster(directory));
      }
      long killed = System.nanoTime();
      await().ignoreExceptionsInstanceOf(SQLException.class).until(() -> Rows.count(postgres) == 7);
      reporter.publishEntry("ms to the restart", millisSince(killed));
      // For half a second the pool does not look whether a connection is still alive.
      await()
          .ignoreExceptionsInstanceOf(SQLException.class)
          .until(() -> {
            try (Connection connection = pool.getConnection()) {
              return Rows.value(connection, "SELECT count(*) FROM kept").equals("7");
            }
          });
    }
  }

  @Test
  void a_server_that_dies_again_and_again_is_started_again_and_again() throws Exception {
    try (var postgres = start()) {
      for (int deaths = 0; deaths < 3; deaths++) {
        long postmaster = Servers.postmaster(directory);
        Servers.signal("KILL", postmaster);
        await()
            .ignoreExceptionsInstanceOf(SQLException.class)
            .until(() -> {
              try (Connection connection = Rows.connect(postgres)) {
                return connection.isValid(5);
              }
            });
        assertThat(Servers.postmaster(directory)).isNotEqualTo(postmaster);
      }
    }
  }

  @Test
  void closing_while_it_is_started_again_leaves_nothing_behind() throws Exception {
    for (int i = 0; i < 5; i++) {
      var postgres = start();
      Servers.signal("KILL", Servers.postmaster(directory));
      postgres.close();
      assertThat(Servers.serving(directory)).isEmpty();
    }
  }

  @Test
  void a_stale_file_that_names_a_stranger_does_the_stranger_no_harm() throws Exception {
    Path data = Cluster.dataIn(directory);
    Process stranger = Servers.strangerOfTheAccountOwning(data);
    try {
      Files.writeString(
          PidFile.in(data), stranger.pid() + "\n" + data + "\n1\n5432\n\n\n\nready\n");
      try (var postgres = start();
          Connection connection = Rows.connect(postgres)) {
        assertThat(connection.isValid(5)).isTrue();
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void a_stale_file_that_names_the_server_of_another_directory_does_it_no_harm(
      @TempDir Path otherDirectory) throws Exception {
    try (var neighbour = EmbeddedPostgres.start(otherDirectory, TestServer.BINARIES, Map.of())) {
      Files.copy(PidFile.in(Cluster.dataIn(otherDirectory)), PidFile.in(Cluster.dataIn(directory)));
      try (var postgres = start();
          Connection ours = Rows.connect(postgres);
          Connection theirs = Rows.connect(neighbour)) {
        assertThat(ours.isValid(5)).isTrue();
        assertThat(theirs.isValid(5)).isTrue();
      }
    }
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(directory, TestServer.BINARIES, Map.of());
  }

  private static String millisSince(long nanos) {
    return String.valueOf(Duration.ofNanos(System.nanoTime() - nanos).toMillis());
  }
}
