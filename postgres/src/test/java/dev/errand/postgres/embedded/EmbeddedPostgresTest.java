package dev.errand.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir Path directory;

  @Test
  void rows_survive_a_restart() throws SQLException {
    try (var postgres = start();
        Connection connection = Rows.connect(postgres)) {
      Rows.write(connection, 7);
    }
    try (var postgres = start()) {
      assertThat(Rows.count(postgres)).isEqualTo(7);
    }
  }

  @Test
  void a_cluster_that_was_never_finished_is_made_anew() throws IOException {
    Path draft = Files.createDirectories(directory.resolve("cluster.draft-1").resolve("data"));
    Files.writeString(draft.resolve("PG_VERSION"), "18");
    try (var _ = start()) {
      assertThat(draft).doesNotExist();
    }
  }

  @Test
  void is_durable_and_listens_on_loopback_only() throws IOException, SQLException {
    NewCluster.in(directory);
    try (var postgres = start();
        Connection connection = Rows.connect(postgres)) {
      assertThat(settings(connection))
          .contains(
              entry("fsync", "on"),
              entry("synchronous_commit", "on"),
              entry("full_page_writes", "on"),
              entry("data_checksums", "on"),
              entry("listen_addresses", "127.0.0.1"),
              entry("unix_socket_directories", ""),
              entry("server_encoding", "UTF8"),
              entry("server_version", "18.6"));
    }
  }

  @Test
  void only_errands_role_with_its_password_gets_in_and_it_is_no_superuser()
      throws IOException, SQLException {
    NewCluster.in(directory);
    try (var postgres = start();
        Connection connection = Rows.connect(postgres)) {
      assertThat(Rows.value(connection, "SHOW is_superuser")).isEqualTo("off");
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "errand", "guess"))
          .hasMessageContaining("password authentication failed");
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "postgres", ""))
          .isInstanceOf(SQLException.class);
    }
    Path password = directory.resolve("cluster").resolve("password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");
  }

  @Test
  void settings_of_ones_own_win_and_are_kept() throws IOException, SQLException {
    NewCluster.in(directory);
    Files.writeString(Cluster.dataIn(directory).resolve("own.conf"), "work_mem = 11MB\n");
    for (int starts = 0; starts < 2; starts++) {
      try (var postgres = start();
          Connection connection = Rows.connect(postgres)) {
        assertThat(Rows.value(connection, "SHOW work_mem")).isEqualTo("11MB");
      }
    }
  }

  @Test
  void one_directory_has_one_server() throws Exception {
    NewCluster.in(directory);
    try (var postgres = start()) {
      assertThatThrownBy(this::start).hasMessageContaining("already runs a PostgreSQL");
      try (var other = OtherProcess.start(directory)) {
        assertThat(other.answer())
            .startsWith("failed")
            .contains("Process " + ProcessHandle.current().pid() + " already runs");
      }
      try (Connection connection = Rows.connect(postgres)) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
    try (var other = OtherProcess.start(directory)) {
      assertThat(other.answer()).startsWith("started");
      assertThatThrownBy(this::start).hasMessageContaining("already runs a PostgreSQL");
    }
  }

  @Test
  void nothing_runs_after_it_was_closed() throws IOException {
    NewCluster.in(directory);
    var postgres = start();
    long pid = Servers.postmaster(directory);
    postgres.close();
    postgres.close();
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(PidFile.read(Cluster.dataIn(directory))).isEmpty();
  }

  /// Ctrl-C goes to the terminal's foreground session.
  @Test
  void ctrl_c_does_not_reach_it() throws IOException {
    NewCluster.in(directory);
    try (var _ = start()) {
      long pid = Servers.postmaster(directory);
      assertThat(Servers.session(pid)).isEqualTo(pid);
    }
  }

  @Test
  void root_may_keep_it_where_nobody_else_gets() throws IOException, SQLException {
    assumeTrue(Servers.weAreRoot(), "only root can have a directory that its server cannot enter");
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    directory = closed.resolve("data");
    try (var postgres = EmbeddedPostgres.start(directory);
        Connection connection = Rows.connect(postgres)) {
      Rows.write(connection, 7);
      assertThat(Rows.count(postgres)).isEqualTo(7);
      assertThat(Servers.owner(Servers.postmaster(directory))).isEqualTo(Account.NOBODY);
    }
  }

  @Test
  void root_needs_no_privilege_where_everyone_gets() throws IOException {
    assumeTrue(Servers.weAreRoot(), "only root has privileges to give");
    NewCluster.in(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    try (var _ = start()) {
      assertThat(Servers.capabilities(Servers.postmaster(directory))).isZero();
    }
  }

  @Test
  void a_backup_that_root_copied_back_works() throws IOException, SQLException {
    assumeTrue(Servers.weAreRoot(), "only root's copies change their owner");
    NewCluster.in(directory);
    try (var postgres = start();
        Connection connection = Rows.connect(postgres)) {
      Rows.write(connection, 7);
    }
    new DirectoryTree(Cluster.dataIn(directory)).giveTo(Account.ROOT, Account.ROOT);
    try (var postgres = start()) {
      assertThat(Rows.count(postgres)).isEqualTo(7);
    }
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(directory, TestServer.BINARIES, Map.of());
  }

  private static Map<String, String> settings(Connection connection) throws SQLException {
    var settings = new LinkedHashMap<String, String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW ALL")) {
      while (rows.next()) {
        settings.put(rows.getString("name"), rows.getString("setting"));
      }
    }
    return settings;
  }
}
