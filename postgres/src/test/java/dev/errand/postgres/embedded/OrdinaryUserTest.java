package dev.errand.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Under an account without privileges: another one when root runs the tests, else our own.
class OrdinaryUserTest {
  private static final int STRANGER = 65533;

  @TempDir Path everyones;
  private Path directory;

  @BeforeEach
  void let_everyone_in() throws IOException {
    Files.setPosixFilePermissions(everyones, PosixFilePermissions.fromString("rwxrwxrwx"));
    directory = everyones.resolve("postgres");
  }

  @Test
  void an_ordinary_user_needs_nothing_special() throws Exception {
    int uid = Servers.weAreRoot() ? Account.NOBODY : Servers.owner(ProcessHandle.current().pid());
    try (var user = startAs(uid);
        Connection connection = user.connect()) {
      Rows.write(connection, 7);
      assertThat(Servers.owner(Servers.postmaster(directory))).isEqualTo(uid);
      user.kill();
    }
    try (var user = startAs(uid);
        Connection connection = user.connect()) {
      assertThat(Rows.value(connection, "SELECT count(*) FROM kept")).isEqualTo("7");
    }
  }

  @Test
  void root_and_the_owner_take_turns() throws Exception {
    assumeTrue(Servers.weAreRoot(), "only root can run what another account owns");
    try (var user = startAs(Account.NOBODY);
        Connection connection = user.connect()) {
      Rows.write(connection, 7);
    }
    try (var postgres = EmbeddedPostgres.start(directory, directory, Map.of())) {
      assertThat(Rows.count(postgres)).isEqualTo(7);
    }
    try (var user = startAs(Account.NOBODY)) {
      assertThat(user.answer()).startsWith("started");
    }
  }

  @Test
  void a_directory_of_another_account_is_refused() throws Exception {
    assumeTrue(Servers.weAreRoot(), "only root has two other accounts at hand");
    startAs(Account.NOBODY).close();
    try (var stranger = startAs(STRANGER)) {
      assertThat(stranger.answer()).startsWith("failed").contains("must own its data directory");
    }
  }

  private OtherProcess startAs(int uid) throws Exception {
    if (!Servers.weAreRoot()) {
      return OtherProcess.start(directory);
    }
    List<String> prefix = List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
    return OtherProcess.start(prefix, classPathForEveryone(), directory, directory);
  }

  /// A copy of our class path, which may lie where only we can read it.
  private String classPathForEveryone() throws IOException, InterruptedException {
    Path copies = everyones.resolve("class-path");
    boolean copied = Files.exists(copies);
    Files.createDirectories(copies);
    var classPath = new ArrayList<String>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      String copy = copies.resolve(String.valueOf(classPath.size())).toString();
      classPath.add(copy);
      if (!copied) {
        run("cp", "-r", entry, copy);
      }
    }
    run("chmod", "-R", "a+rX", copies.toString());
    return String.join(":", classPath);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
