package dev.errand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.cli.server.EmbeddedServer;
import dev.errand.cli.server.Trouble;
import dev.errand.testkit.loopback.LoopbackServer;
import dev.errand.testkit.loopback.LoopbackServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Research where no server runs. The process that is started is a shell script whose note points
/// to a server in this process.
class OwnServerTest {
  private final LoopbackServer server = LoopbackServer.start();

  @TempDir Path data;
  private Typed typed = new Typed();

  @BeforeEach
  void use() throws IOException {
    Said.life(server, "completed");
    server.on("GET /health", Reply.json(200, "{\"status\":\"ok\"}"));
    typed = new Typed().with("ERRAND_DATA_DIR", data.toString());
    launcher(
        """
        echo "$@" >> "$ERRAND_DATA_DIR/started"
        trap 'echo stopped >> "$ERRAND_DATA_DIR/ended"; rm "$ERRAND_DATA_DIR/server.json"; exit 0' TERM
        echo "{\\"pid\\":$$,\\"url\\":\\"%s\\"}" > "$ERRAND_DATA_DIR/server.json"
        while :; do sleep 0.05; done
        """
            .formatted(server.url()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void launcher(String script) throws IOException {
    Path file = Files.writeString(data.resolve("launcher"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    typed.with("ERRAND_LAUNCHER", file.toString());
  }

  @Test
  void research_starts_a_server_and_stops_it_at_the_end() throws IOException {
    var outcome = typed.run("research", "Why?");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isEqualTo("# Därum\n");
    assertThat(outcome.err()).startsWith("Starting a server…\n");
    assertThat(Files.readString(data.resolve("started"))).startsWith("serve --port ");
    assertThat(data.resolve("ended")).hasContent("stopped");
  }

  @Test
  void what_is_named_in_files_reaches_the_server() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path directory = Files.writeString(data.resolve("directory"), data + "\n");
    typed
        .with("ERRAND_DATA_DIR", "")
        .with("ERRAND_DATA_DIR_FILE", directory.toString())
        .with("ERRAND_PORT_FILE", Files.writeString(data.resolve("port"), port + "\n").toString());

    assertThat(typed.run("research", "Why?").code()).isZero();
    assertThat(Files.readString(data.resolve("started"))).isEqualTo("serve --port " + port + "\n");
  }

  @Test
  void research_uses_a_server_that_runs_and_leaves_it_running() throws IOException {
    Files.writeString(
        data.resolve("server.json"),
        "{\"pid\":%d,\"url\":\"%s\"}".formatted(ProcessHandle.current().pid(), server.url()));

    assertThat(typed.run("research", "Why?").code()).isZero();
    assertThat(data.resolve("started")).doesNotExist();
  }

  @Test
  void only_research_starts_a_server() {
    assertThat(typed.run("submit", "echo").code()).isEqualTo(3);
    assertThat(data.resolve("started")).doesNotExist();
  }

  @Test
  void a_server_that_does_not_come_up_shows_the_end_of_its_log() throws IOException {
    launcher("echo 'the data directory is in use by process 7'; exit 1");

    var outcome = typed.run("research", "Why?");

    assertThat(outcome.code()).isEqualTo(6);
    assertThat(outcome.err())
        .contains("The server did not come up.", "in use by process 7", "logs/server.log");
  }

  @Test
  void a_server_that_dies_on_the_way_shows_the_end_of_its_log() throws IOException {
    launcher(
        """
        echo "{\\"pid\\":$$,\\"url\\":\\"%s\\"}" > "$ERRAND_DATA_DIR/server.json"
        while [ ! -f "$ERRAND_DATA_DIR/now" ]; do sleep 0.05; done
        echo 'out of memory'
        exit 1
        """
            .formatted(server.url()));
    server.on(
        "GET /tasks/" + Said.ID + "/events",
        exchange -> {
          Files.writeString(data.resolve("now"), "");
          ProcessHandle.of(pid()).ifPresent(process -> process.onExit().join());
          Reply.problem(503, "{\"code\":\"unavailable\",\"detail\":\"going\"}").to(exchange);
        });

    var outcome = typed.run("research", "Why?");

    assertThat(outcome.code()).isEqualTo(6);
    assertThat(outcome.err()).contains("has ended before the task did", "out of memory");
  }

  @Test
  void an_interruption_stops_the_server_and_says_how_to_go_on() {
    server.on(
        "GET /tasks/" + Said.ID + "/events",
        exchange -> {
          typed.interruption().happens();
          Reply.problem(503, "{\"code\":\"unavailable\",\"detail\":\"going\"}").to(exchange);
        },
        Reply.events(Said.events("completed")));

    var outcome = typed.run("research", "Why?");

    assertThat(outcome.err())
        .contains("The task is kept.", "errand serve", "errand watch " + Said.ID)
        .doesNotContain("does not answer");
    assertThat(data.resolve("ended")).hasContent("stopped");
  }

  @Test
  void an_interruption_before_the_server_is_there_starts_none() {
    EmbeddedServer own =
        new EmbeddedServer(
            Map.of(
                "ERRAND_DATA_DIR",
                data.toString(),
                "ERRAND_LAUNCHER",
                data.resolve("launcher").toString()));

    assertThatThrownBy(() -> own.open(own::close)).isInstanceOf(Trouble.class);
    assertThat(data.resolve("started")).doesNotExist();
  }

  @Test
  void a_port_that_was_asked_for_and_is_taken_is_an_error() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      var outcome = typed.with("ERRAND_PORT", Integer.toString(port)).run("research", "Why?");

      assertThat(outcome.code()).isEqualTo(6);
      assertThat(outcome.err()).contains("Port " + port + " (ERRAND_PORT) is taken");
      assertThat(data.resolve("started")).doesNotExist();
    }
  }

  @Test
  void a_data_directory_that_cannot_be_made_is_told_with_what_to_do() throws IOException {
    Path file = Files.writeString(data.resolve("file"), "");

    var outcome = typed.with("ERRAND_DATA_DIR", file + "/below").run("research", "Why?");

    assertThat(outcome.code()).isEqualTo(6);
    assertThat(outcome.err()).contains("cannot be made", "ERRAND_DATA_DIR=");
  }

  @Test
  void without_a_launcher_there_is_no_server_to_start() {
    var outcome = typed.with("ERRAND_LAUNCHER", "").run("research", "Why?");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains("./errand");
  }

  private long pid() throws IOException {
    return List.of(Files.readString(data.resolve("server.json")).split("[:,]")).stream()
        .skip(1)
        .findFirst()
        .map(String::strip)
        .map(Long::parseLong)
        .orElseThrow();
  }
}
