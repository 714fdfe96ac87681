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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Under an account without privileges: another one when root runs the tests, else our own.
class OrdinaryUserTest {
  private static final int STRANGER = 65533;

  /// The programs, unpacked by the first who needs them, and a class path that all can read.
  @TempDir static Path everyones;

  private static String classPath = "";

  @TempDir Path place;
  private Path directory;

  @BeforeAll
  static void let_everyone_in() throws Exception {
    letIn(everyones);
    classPath = classPathIn(Files.createDirectory(everyones.resolve("class-path")));
  }

  @BeforeEach
  void let_everyone_into_the_directory() throws IOException {
    letIn(place);
    directory = place.resolve("postgres");
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
    try (var postgres = EmbeddedPostgres.start(directory, everyones, Map.of())) {
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

  /// As in a sandbox, or a container without privileges.
  @Test
  void root_in_name_only_can_run_it_too() throws Exception {
    List<String> inSandbox = List.of("unshare", "--map-root-user");
    assumeTrue(
        new ProcessBuilder("unshare", "--map-root-user", "true").start().waitFor() == 0,
        "this system allows no user namespaces");
    try (var sandboxed = OtherProcess.start(inSandbox, classPath, directory, everyones);
        Connection connection = sandboxed.connect()) {
      Rows.write(connection, 7);
      sandboxed.kill();
    }
    try (var sandboxed = OtherProcess.start(inSandbox, classPath, directory, everyones);
        Connection connection = sandboxed.connect()) {
      assertThat(Rows.value(connection, "SELECT count(*) FROM kept")).isEqualTo("7");
    }
  }

  private OtherProcess startAs(int uid) throws IOException {
    List<String> prefix =
        Servers.weAreRoot()
            ? List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups")
            : List.of();
    return OtherProcess.start(prefix, classPath, directory, everyones);
  }

  private static void letIn(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  /// A copy of our class path, which may lie where only we can read it.
  private static String classPathIn(Path directory) throws IOException, InterruptedException {
    var copies = new ArrayList<String>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      String copy = directory.resolve(String.valueOf(copies.size())).toString();
      if (Files.exists(Path.of(entry))) {
        run("cp", "-r", entry, copy);
        copies.add(copy);
      }
    }
    run("chmod", "-R", "a+rX", directory.toString());
    return String.join(":", copies);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
