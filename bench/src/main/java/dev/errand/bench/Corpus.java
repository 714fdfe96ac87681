package dev.errand.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Where a large folder of documents is.
final class Corpus {
  private static final String PACKAGE = "sqlite3-doc";

  private Corpus() {}

  /// The documents of Debian's `sqlite3-doc`; a folder that does not exist when it is not
  /// installed.
  static Path debian() throws IOException, InterruptedException {
    Path listing = Files.createTempFile("errand-bench", ".txt");
    try {
      ProcessBuilder dpkg = new ProcessBuilder("dpkg", "-L", PACKAGE);
      int exitCode =
          dpkg.redirectErrorStream(true).redirectOutput(listing.toFile()).start().waitFor();
      return exitCode == 0 ? folderOfPages(listing) : Path.of(PACKAGE);
    } catch (IOException _) {
      return Path.of(PACKAGE); // no dpkg here
    } finally {
      Files.delete(listing);
    }
  }

  private static Path folderOfPages(Path listing) throws IOException {
    return Files.readAllLines(listing).stream()
        .filter(file -> file.endsWith("/index.html"))
        .map(file -> Path.of(file).getParent())
        .min(Comparator.comparingInt(Path::getNameCount))
        .orElse(Path.of(PACKAGE));
  }
}
