package dev.errand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.testkit.loopback.LoopbackServer;
import dev.errand.testkit.loopback.LoopbackServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingTheServerTest {
  private final LoopbackServer server = LoopbackServer.start();

  @TempDir Path data;

  private Typed typed = new Typed();

  @BeforeEach
  void use() {
    server.on("GET /tasks?limit=20", Reply.json(200, "{\"tasks\":[]}"));
    typed = new Typed().with("ERRAND_DATA_DIR", data.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void note(long pid, String url) throws IOException {
    Files.writeString(
        data.resolve("server.json"), "{\"pid\":%d,\"url\":\"%s\"}".formatted(pid, url));
  }

  @Test
  void a_server_on_the_data_directory_is_found_with_its_token() throws IOException {
    note(ProcessHandle.current().pid(), server.url());
    Files.writeString(data.resolve("token"), "from-file\n");

    assertThat(typed.run("list").code()).isZero();
    assertThat(server.requests().getLast().header("Authorization")).isEqualTo("Bearer from-file");
  }

  @Test
  void a_token_of_the_environment_goes_before_the_files() throws IOException {
    note(ProcessHandle.current().pid(), server.url());
    Files.writeString(data.resolve("token"), "from-file");

    typed.with("ERRAND_TOKEN", "mine").run("list");

    assertThat(server.requests().getLast().header("Authorization")).isEqualTo("Bearer mine");
  }

  @Test
  void the_local_token_is_not_sent_to_a_server_elsewhere() throws IOException {
    Files.writeString(data.resolve("token"), "from-file");

    typed.with("ERRAND_URL", server.url()).run("list");

    assertThat(server.requests().getLast().header("Authorization")).isNull();
  }

  @Test
  void without_a_note_there_is_no_server() {
    var outcome = typed.run("list");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains("No Errand server is running on " + data, "errand serve");
  }

  @Test
  void a_note_of_a_process_that_has_gone_counts_as_no_server() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    note(gone.pid(), server.url());

    assertThat(typed.run("list").code()).isEqualTo(3);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_note_of_a_port_that_nobody_listens_on_counts_as_no_server() throws IOException {
    server.close();
    note(ProcessHandle.current().pid(), server.url());

    assertThat(typed.run("list").err()).contains("No Errand server is running");
  }

  @Test
  void a_half_written_note_counts_as_no_server() throws IOException {
    Files.writeString(data.resolve("server.json"), "{\"pid\":12");

    assertThat(typed.run("list").code()).isEqualTo(3);
  }

  @Test
  void a_token_that_cannot_be_read_is_this_machines_trouble() throws IOException {
    note(ProcessHandle.current().pid(), server.url());
    Files.createDirectory(data.resolve("token"));

    var outcome = typed.run("list");

    assertThat(outcome.code()).isEqualTo(6);
    assertThat(outcome.err()).contains(data.resolve("token") + " cannot be read");
  }
}
