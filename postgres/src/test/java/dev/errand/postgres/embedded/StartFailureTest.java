package dev.errand.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot work says what to do, and leaves nothing running.
class StartFailureTest {
  @TempDir Path directory;

  @AfterEach
  void nothing_is_left_running() throws IOException {
    if (Files.exists(Cluster.dataIn(directory))) {
      assertThat(new Leftovers(Cluster.dataIn(directory)).living()).isEmpty();
    }
  }

  @Test
  void a_server_that_does_not_start_is_quoted() throws IOException {
    NewCluster.in(directory);
    Files.writeString(Cluster.dataIn(directory).resolve("own.conf"), "shared_buffers = plenty\n");
    assertThatThrownBy(() -> start(Map.of()))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\": \"plenty\"")
        .hasMessageContaining("DATABASE_URL");
  }

  @Test
  void a_port_that_stays_taken_is_named() throws IOException {
    NewCluster.in(directory);
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatThrownBy(() -> start(Map.of("port", String.valueOf(taken.getLocalPort()))))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining("could not bind")
          .hasMessageContaining("Check that 127.0.0.1 is up");
    }
  }

  @Test
  void data_of_another_major_version_is_refused_and_left_alone() throws IOException {
    NewCluster.in(directory);
    Path version = Cluster.dataIn(directory).resolve("PG_VERSION");
    Files.writeString(version, "17\n");
    assertThatThrownBy(() -> start(Map.of()))
        .hasMessageContaining("was made by PostgreSQL 17, and this Errand brings PostgreSQL 18")
        .hasMessageContaining("restore the dump");
    assertThat(version).hasContent("17");
  }

  @Test
  void a_lost_password_is_asked_for() throws IOException {
    NewCluster.in(directory);
    Files.delete(directory.resolve("cluster").resolve("password"));
    assertThatThrownBy(() -> start(Map.of())).hasMessageContaining("Put the file back");
  }

  @Test
  void a_wrong_password_is_noticed() throws IOException {
    NewCluster.in(directory);
    Files.writeString(directory.resolve("cluster").resolve("password"), "guess");
    assertThatThrownBy(() -> start(Map.of()))
        .hasMessageContaining("put the old one back")
        .hasRootCauseMessage("FATAL: password authentication failed for user \"errand\"");
  }

  @Test
  void a_directory_that_cannot_be_made_is_named() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(file.resolve("postgres")))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("PostgreSQL cannot run in " + file);
  }

  private EmbeddedPostgres start(Map<String, String> settings) {
    return EmbeddedPostgres.start(directory, TestServer.BINARIES, settings);
  }
}
