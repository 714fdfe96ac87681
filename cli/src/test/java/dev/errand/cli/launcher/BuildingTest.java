package dev.errand.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildingTest {
  @TempDir Path root;
  private StandInProject project;

  @BeforeEach
  void lay() throws IOException {
    project = new StandInProject(root);
    project.with("JAVA_HOME", project.jdk("jdk", "25").toString());
    project.maven("3.8.7", "");
  }

  @Test
  void the_first_run_builds_and_the_second_does_not() throws Exception {
    var first = project.run("list", "--limit", "a b");
    var second = project.run("list");

    assertThat(first.code()).isZero();
    assertThat(first.err()).contains("Building Errand (the first time takes a few minutes)…");
    assertThat(first.out()).endsWith("errand-cli.jar]\n[list]\n[--limit]\n[a b]\n");
    assertThat(second.err()).isEmpty();
    assertThat(project.builds())
        .singleElement()
        .asString()
        .contains("JAVA_HOME=" + root.resolve("jdk"), "package");
  }

  @Test
  void quick_starts_of_server_and_command_line_are_announced_once() throws Exception {
    assertThat(project.run("research", "Why?").err()).containsOnlyOnce("Preparing quick starts");
    assertThat(project.project.resolve("target/errand"))
        .isDirectoryContaining("glob:**/cli-*.aot")
        .isDirectoryContaining("glob:**/server-*.aot");
  }

  @Test
  void a_source_that_changed_is_built_again() throws Exception {
    project.run("list");
    Path source = Files.writeString(project.project.resolve("cli/src/main/A.java"), "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

    assertThat(project.run("list").err()).contains("its sources have changed");
    assertThat(project.builds()).hasSize(2);
  }

  @Test
  void jars_that_went_away_are_built_again() throws Exception {
    project.run("list");
    Files.delete(project.project.resolve("server/target/app/errand-server.jar"));

    project.run("list");
    assertThat(project.builds()).hasSize(2);
  }

  @Test
  void a_failed_build_shows_the_end_of_its_log_and_is_tried_again() throws Exception {
    project.maven("3.9.9", "echo '[INFO] noise'; echo '[ERROR] it broke here'; exit 1");
    var failed = project.run("list");
    project.maven("3.9.9", "");
    var mended = project.run("list");

    assertThat(failed.code()).isEqualTo(6);
    assertThat(failed.err()).contains("it broke here", "build.log").doesNotContain("noise");
    assertThat(mended.code()).isZero();
  }

  @Test
  void a_build_without_a_network_says_so() throws Exception {
    project.maven("3.9.9", "echo '[ERROR] Could not transfer artifact x: Unknown host'; exit 1");

    assertThat(project.run("list").err()).contains("needs a network or a mirror");
  }

  @Test
  void an_old_maven_is_passed_over_for_the_wrapper() throws Exception {
    project.maven("3.6.3", "");
    project.wrapper("");
    project.run("list");

    assertThat(project.builds()).singleElement().asString().startsWith("wrapper ");
  }

  @Test
  void of_two_at_once_one_builds_and_the_other_waits_and_says_so() throws Exception {
    Path go = root.resolve("go");
    project.maven("3.8.7", "while [ ! -f '" + go + "' ]; do sleep 0.05; done");
    Path script = project.project.resolve("errand");
    Process one = project.start(script, root, "list");
    Process other = project.start(script, root, "list");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> (project.errorsOf(one) + project.errorsOf(other)).contains("waiting for it"));
    Files.writeString(go, "");

    assertThat(project.outcome(one).code()).isZero();
    assertThat(project.outcome(other).code()).isZero();
    assertThat(project.builds()).hasSize(1);
  }

  @Test
  void a_lock_that_a_killed_build_left_is_taken_over() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectories(project.project.resolve("target/errand/lock"));
    Files.writeString(lock.resolve("pid"), Long.toString(gone.pid()));

    assertThat(project.run("list").code()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void an_interrupted_build_lets_go_and_the_next_run_builds() throws Exception {
    Path started = root.resolve("started");
    project.maven("3.8.7", ": > '" + started + "'; sleep 1; exit 1");
    Process process = project.start(project.project.resolve("errand"), root, "list");
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(started));
    process.toHandle().destroy();

    assertThat(project.outcome(process).code()).isNotZero();
    assertThat(project.project.resolve("target/errand/lock")).doesNotExist();
    project.maven("3.8.7", "");
    assertThat(project.run("list").code()).isZero();
  }

  @Test
  void test_passes_on_what_follows_it_and_the_exit_code() throws Exception {
    project.maven("3.8.7", "exit 3");

    assertThat(project.run("test", "-pl", "engine").code()).isEqualTo(3);
    assertThat(project.builds()).singleElement().asString().endsWith("verify -pl engine");
  }

  @Test
  void help_of_a_command_that_the_script_does_itself_is_the_command_lines() throws Exception {
    assertThat(project.run("serve", "--help").out())
        .endsWith("errand-cli.jar]\n[serve]\n[--help]\n");
    assertThat(project.run("serve", "--port", "0").out()).endsWith("server.jar]\n[--port]\n[0]\n");
    assertThat(project.run("fake-search", "--help").out())
        .endsWith("errand-cli.jar]\n[fake-search]\n[--help]\n");
  }

  @Test
  void what_stands_in_for_others_takes_a_port_and_nothing_else() throws Exception {
    var mistaken = project.run("fake-model", "--port", "9091");

    assertThat(project.run("fake-search", "9090").out()).endsWith("FakeSearch.java]\n[9090]\n");
    assertThat(mistaken.code()).isEqualTo(2);
    assertThat(mistaken.err()).contains("PORT is a number, not '--port'.", "fake-model --help");
  }
}
