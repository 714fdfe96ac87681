package dev.errand.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// New clusters without the wait: the first is made as always, the others are its copies.
final class NewCluster {
  private static final Path ORIGINAL = create();

  private NewCluster() {}

  static void in(Path directory) throws IOException {
    Process copy =
        new ProcessBuilder("cp", "-a", ORIGINAL.toString(), directory.toString())
            .inheritIO()
            .start();
    if (copy.onExit().join().exitValue() != 0) {
      throw new IOException("cannot copy " + ORIGINAL + " to " + directory);
    }
  }

  private static Path create() {
    try {
      Path directory = Files.createTempDirectory("errand-postgres-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      EmbeddedPostgres.start(directory, TestServer.BINARIES, Map.of()).close();
      return directory.resolve("cluster");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path directory) {
    try {
      new DirectoryTree(directory).delete();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
