package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a server writes about itself into its data directory.
///
/// @param port where it listens, 0 when it does not yet
/// @param accepting whether it accepts connections, as `pg_ctl` reads it
record PidFile(long pid, int port, boolean accepting) {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  static Path in(Path data) {
    return data.resolve("postmaster.pid");
  }

  /// The file's content; empty when there is none, or while it is being written.
  static Optional<PidFile> read(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(in(data));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    boolean accepting =
        lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
    int port = accepting ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0;
    return Optional.of(new PidFile(Long.parseLong(lines.getFirst().strip()), port, accepting));
  }
}
