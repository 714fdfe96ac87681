package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one run of the server says: first on its standard error, then in a file for each day of the
/// week.
final class ServerLog {
  private static final int TAIL_LINES = 20;
  private static final int TAIL_BYTES = 16 * 1024;

  /// PostgreSQL empties a file when its day comes round again, unless it was not running then.
  private static final Duration KEPT = Duration.ofDays(6);

  private final Path standardError;
  private final Path directory;
  private final Map<Path, Long> sizesBefore = new HashMap<>();

  private ServerLog(Path standardError, Path directory) {
    this.standardError = standardError;
    this.directory = directory;
  }

  /// The log of a run that begins now.
  static ServerLog begin(Cluster cluster) throws IOException {
    var log =
        new ServerLog(cluster.directory().resolve("startup.log"), cluster.data().resolve("log"));
    Files.deleteIfExists(log.standardError);
    for (Path file : log.files()) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(KEPT))) {
        Files.delete(file);
      } else {
        log.sizesBefore.put(file, Files.size(file));
      }
    }
    return log;
  }

  Path standardError() {
    return standardError;
  }

  /// The last lines of this run.
  String tail() throws IOException {
    List<String> lines = new ArrayList<>(lines(standardError, 0));
    for (Path file : files()) {
      lines.addAll(lines(file, sizesBefore.getOrDefault(file, 0L)));
    }
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  private List<Path> files() throws IOException {
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).toList();
    }
  }

  private static List<String> lines(Path file, long begin) throws IOException {
    try (var channel = FileChannel.open(file)) {
      channel.position(Math.max(begin, channel.size() - TAIL_BYTES));
      byte[] bytes = Channels.newInputStream(channel).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }
}
