package dev.errand.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
  @TempDir Path root;
  private StandInProject project;

  @BeforeEach
  void lay() throws IOException {
    project = new StandInProject(root);
    project.with("JAVA_HOME", project.jdk("jdk", "25").toString());
    project.with("ERRAND_BUILD", "never");
    project.jars();
  }

  @Test
  void data_is_kept_below_the_home_directory() throws Exception {
    assertThat(project.run("list").out())
        .contains("data in usual " + root.resolve("home/.local/share/errand"));
  }

  @Test
  void without_a_home_data_is_kept_in_the_project() throws Exception {
    assertThat(project.with("HOME", "/nonexistent").run("list").out())
        .contains("data in usual " + project.project.resolve(".errand"));
    assertThat(project.with("HOME", "").run("list").out())
        .contains("data in usual " + project.project.resolve(".errand"));
  }

  @Test
  void a_named_data_directory_is_made_absolute() throws Exception {
    assertThat(project.with("XDG_DATA_HOME", "/x d g").run("list").out())
        .contains("data in usual /x d g/errand");
    assertThat(project.with("ERRAND_DATA_DIR", "here").run("list").out())
        .contains("data in " + root + "/here");
  }

  @Test
  void a_data_directory_may_be_named_in_a_file() throws Exception {
    Path file = Files.writeString(root.resolve("named"), "/some where\n");

    assertThat(project.with("ERRAND_DATA_DIR_FILE", file.toString()).run("list").out())
        .contains("data in usual /some where\n");
  }

  @Test
  void a_link_to_the_script_leads_to_the_project() throws Exception {
    Path link =
        Files.createSymbolicLink(root.resolve("link to errand"), Path.of("a project/errand"));

    assertThat(project.run(link, root, "list").out())
        .contains(project.project.resolve("cli/target/app/errand-cli.jar").toString());
  }

  @Test
  void extra_options_reach_the_jvm() throws Exception {
    assertThat(project.with("ERRAND_JAVA_OPTS", "-Xss2m -Da=b").run("list").out())
        .contains("[-Xss2m]\n[-Da=b]\n[-jar]");
  }

  @Test
  void a_cache_is_made_once_and_used_from_then_on() throws Exception {
    var first = project.run("list");
    var second = project.run("list");

    assertThat(first.err()).isEqualTo("Preparing quick starts (once a build)…\n");
    assertThat(second.err()).isEmpty();
    assertThat(second.out())
        .contains("[-XX:AOTCache=" + project.project + "/target/errand/cli-25+1.aot]");
  }

  @Test
  void a_cache_that_cannot_be_made_is_done_without_and_not_tried_again() throws Exception {
    Files.writeString(root.resolve("fail-caches"), "");
    var first = project.run("list");
    var second = project.run("list");

    assertThat(first.code()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).endsWith("[list]\n").doesNotContain("AOTCache");
  }
}
