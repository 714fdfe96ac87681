package dev.errand.postgres.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs with everything they read, unpacked from the class path.
record Distribution(Path directory) {
  /// The version of the binaries on the class path.
  static final String VERSION = "18.6.0";

  static final String MAJOR_VERSION = VERSION.substring(0, VERSION.indexOf('.'));

  /// The distribution in `parent`, unpacked if it is not there yet.
  static Distribution unpackedIn(Path parent) throws IOException {
    var distribution = new Distribution(parent.toAbsolutePath().resolve(VERSION + "-dist"));
    if (Files.notExists(distribution.program("postgres"))) {
      distribution.unpack();
    }
    return distribution;
  }

  Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  private void unpack() throws IOException {
    var tree = new DirectoryTree(directory);
    tree.deleteDrafts();
    tree.delete();
    DirectoryTree draft = tree.draft();
    try (var archive = archive()) {
      unpack(archive, draft.root());
      draft.publish(tree);
    } catch (IOException | RuntimeException failure) {
      draft.abandon(failure);
      throw failure;
    }
  }

  private static TarArchiveInputStream archive() throws IOException {
    String os = System.getProperty("os.name");
    String processor = System.getProperty("os.arch");
    @Nullable InputStream binaries =
        switch (os + " " + processor) {
          case "Linux amd64" -> open("postgres-linux-x86_64.txz");
          case "Linux aarch64" -> open("postgres-linux-arm_64.txz");
          default -> null;
        };
    if (binaries == null) {
      throw new EmbeddedPostgresException(
          "There is no embedded PostgreSQL for %s on %s here. Set DATABASE_URL to use a PostgreSQL of your own."
              .formatted(os, processor));
    }
    return new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(binaries)));
  }

  private static @Nullable InputStream open(String archive) {
    return Distribution.class.getResourceAsStream("/" + archive);
  }

  private static void unpack(TarArchiveInputStream archive, Path target) throws IOException {
    for (@Nullable TarArchiveEntry entry = archive.getNextEntry();
        entry != null;
        entry = archive.getNextEntry()) {
      Path path = entry.resolveIn(target);
      if (entry.isDirectory()) {
        createDirectory(path);
        continue;
      }
      createDirectory(path.resolveSibling(""));
      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      } else {
        write(archive, path);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  /// Creates `directory` for everyone to read, whatever the umask: the account that runs PostgreSQL
  /// need not be ours.
  private static void createDirectory(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      createDirectory(directory.resolveSibling(""));
      Files.createDirectory(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /// Writes through to the disk: what is renamed into place later must survive a power cut whole.
  private static void write(InputStream content, Path file) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.transferTo(Channels.newOutputStream(channel));
      channel.force(false);
    }
  }
}
