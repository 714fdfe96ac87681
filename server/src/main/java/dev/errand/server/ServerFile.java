package dev.errand.server;

import dev.errand.server.data.DataDirectory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The file by which programs on this machine find the server that has a data directory.
final class ServerFile {
  private static final String NAME = "server.json";

  private ServerFile() {}

  static void publish(DataDirectory data, String url) {
    data.publish(
        NAME,
        """
        {"pid": %d, "url": "%s", "started_at": "%s"}
        """
            .formatted(
                ProcessHandle.current().pid(), url, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
  }

  static void remove(DataDirectory data) {
    data.remove(NAME);
  }
}
