package dev.errand.postgres.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/// The databases of one server on disk, and the key to them.
///
/// Errand's role is no superuser: who finds a way to run SQL through Errand does not get the
/// machine's files with it. The superuser has no password, so it cannot connect at all.
record Cluster(Path directory, String password) {
  static final String USER = "errand";
  static final String DATABASE = "errand";

  /// Iterations make it harder to guess a password that somebody thought of. Nobody guesses 192
  /// random bits, and every new connection would have to do them.
  private static final String QUICK_LOGIN = "scram_iterations=1";

  /// The locale is PostgreSQL's own: an update of the system's cannot reorder, and so break, an
  /// index.
  private static final List<String> INITDB =
      List.of(
          "--username=postgres",
          "--auth=reject",
          "--encoding=UTF8",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--locale=C",
          "--no-instructions");

  /// Where the cluster in `parent` has, or will have, its data.
  static Path dataIn(Path parent) {
    return directoryIn(parent).resolve("data");
  }

  /// The cluster in `parent`, created if it is not there yet, ready to be served.
  static Cluster openedIn(Path parent, Programs programs) throws IOException, InterruptedException {
    Path directory = directoryIn(parent);
    if (Files.notExists(directory)) {
      create(new DirectoryTree(directory), programs);
    }
    var cluster = new Cluster(directory, readPassword(directory));
    cluster.checkVersion();
    programs.account().own(cluster.data());
    cluster.configure("postgresql.conf");
    cluster.configure("pg_hba.conf");
    if (Files.notExists(cluster.data().resolve("own.conf"))) {
      cluster.configure("own.conf");
    }
    return cluster;
  }

  /// The cluster in `parent` as whoever serves it has left it; nothing is changed.
  static Cluster servedIn(Path parent) throws IOException {
    Path directory = directoryIn(parent);
    return new Cluster(directory, readPassword(directory));
  }

  Path data() {
    return directory.resolve("data");
  }

  String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
  }

  private static Path directoryIn(Path parent) {
    return parent.toAbsolutePath().resolve("cluster");
  }

  private static void create(DirectoryTree target, Programs programs)
      throws IOException, InterruptedException {
    target.deleteDrafts();
    DirectoryTree draft = target.draft();
    try {
      String password = randomPassword();
      writePassword(draft.root(), password);
      Path data = Files.createDirectory(draft.root().resolve("data"));
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
      programs.account().own(data);
      initialize(data, programs, password);
      draft.publish(target);
    } catch (IOException | InterruptedException | RuntimeException failure) {
      draft.abandon(failure);
      throw failure;
    }
  }

  private static void initialize(Path data, Programs programs, String password)
      throws IOException, InterruptedException {
    var initdb = new ArrayList<>(INITDB);
    initdb.add("--pgdata=" + data);
    programs.run("initdb", initdb, "");
    var postgres = new ArrayList<>(List.of("--single", "-D", data.toString()));
    postgres.addAll(List.of("-c", "exit_on_error=on", "-c", QUICK_LOGIN, "postgres"));
    programs.run(
        "postgres",
        postgres,
        """
        CREATE ROLE errand LOGIN CREATEDB PASSWORD '%s'
        GRANT pg_monitor TO errand
        CREATE DATABASE errand OWNER errand
        """
            .formatted(password));
  }

  private void checkVersion() throws IOException {
    String version = Files.readString(data().resolve("PG_VERSION")).strip();
    if (!version.equals(Distribution.MAJOR_VERSION)) {
      throw new EmbeddedPostgresException(
          "%s was made by PostgreSQL %s, and this Errand brings PostgreSQL %s. Dump it with the Errand that made it, start with an empty ERRAND_DATA_DIR, and restore the dump. %s"
              .formatted(
                  data(),
                  version,
                  Distribution.MAJOR_VERSION,
                  EmbeddedPostgresException.OTHERWISE));
    }
  }

  private void configure(String file) throws IOException {
    Path draft = data().resolve(file + ".draft");
    try (InputStream content = Cluster.class.getResourceAsStream(file)) {
      Files.copy(Objects.requireNonNull(content, file), draft, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(draft, data().resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String randomPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().encodeToString(random);
  }

  private static void writePassword(Path directory, String password) throws IOException {
    Path file = directory.resolve("password");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, password, StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
  }

  private static String readPassword(Path directory) throws IOException {
    try {
      return Files.readString(directory.resolve("password"), StandardCharsets.US_ASCII).strip();
    } catch (NoSuchFileException missing) {
      throw new EmbeddedPostgresException(
          "The password of the database is not in %s any more. Put the file back, from a backup perhaps. %s"
              .formatted(missing.getFile(), EmbeddedPostgresException.OTHERWISE));
    }
  }

  @Override
  public String toString() {
    return "Cluster[" + directory + "]";
  }
}
