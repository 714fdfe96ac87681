package dev.errand.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingTheJdkTest {
  @TempDir Path root;
  private StandInProject project;

  @BeforeEach
  void lay() throws IOException {
    project = new StandInProject(root);
    project.jars();
    project.with("ERRAND_BUILD", "never");
  }

  private String javaUsed() throws Exception {
    return project.run("list").out().lines().findFirst().orElse("none");
  }

  @Test
  void errand_java_home_goes_first() throws Exception {
    Path first = project.jdk("chosen", "25.0.1");
    project.with("JAVA_HOME", project.jdk("other", "26").toString());
    project.with("ERRAND_JAVA_HOME", first.toString());

    assertThat(javaUsed()).isEqualTo("java of " + first + "/bin/java");
  }

  @Test
  void an_errand_java_home_that_will_not_do_is_an_error() throws Exception {
    project.with("JAVA_HOME", project.jdk("other", "25").toString());
    project.with("ERRAND_JAVA_HOME", project.jdk("old", "17.0.15").toString());

    var outcome = project.run("list");

    assertThat(outcome.code()).isEqualTo(6);
    assertThat(outcome.err()).contains("ERRAND_JAVA_HOME", "JDK 25 or newer");
  }

  @Test
  void an_old_java_home_is_passed_over_for_the_java_of_the_path() throws Exception {
    project.with("JAVA_HOME", project.jdk("old", "1.8.0_402").toString());
    Path good = project.jdk("on path", "25");
    Path alternatives =
        Files.createSymbolicLink(root.resolve("alternative"), good.resolve("bin/java"));
    Files.createSymbolicLink(project.bin.resolve("java"), alternatives);

    assertThat(javaUsed()).isEqualTo("java of " + good + "/bin/java");
  }

  @Test
  void the_usual_folders_are_looked_through() throws Exception {
    project.jdk("jvm/a-21", "21.0.2");
    Path good = project.jdk("jvm/b-25", "25.0.3");

    assertThat(javaUsed()).isEqualTo("java of " + good + "/bin/java");
  }

  @Test
  void a_runtime_without_a_compiler_will_not_do() throws Exception {
    Path runtime = project.jdk("jvm/runtime", "25");
    Files.delete(runtime.resolve("bin/javac"));

    assertThat(project.run("list").code()).isEqualTo(6);
  }

  @Test
  void where_there_is_none_it_says_how_to_get_one() throws Exception {
    var outcome = project.run("list");

    assertThat(outcome.code()).isEqualTo(6);
    assertThat(outcome.err())
        .contains("needs a JDK 25 or newer", "apt-get install openjdk-25", "ERRAND_JAVA_HOME");
    assertThat(outcome.out()).isEmpty();
  }
}
