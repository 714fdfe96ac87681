package dev.errand.server;

import dev.errand.server.config.LogFormat;
import dev.errand.server.config.Settings;
import dev.errand.server.log.Logging;
import dev.errand.server.security.BrowserSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says that the server is ready, and how to get in.
final class Announcement {
  private static final Logger log = LoggerFactory.getLogger(Announcement.class);

  private Announcement() {}

  /// To a person with a link that works once; to a program that collects log lines without it.
  static void make(ErrandServer server, Settings settings) {
    if (Logging.format(settings.log()) == LogFormat.TEXT) {
      System.out.print(text(server, settings));
    } else {
      log.atInfo()
          .addKeyValue("event", "server_started")
          .addKeyValue("url", server.url())
          .addKeyValue("role", settings.role())
          .addKeyValue("data_dir", settings.data())
          .log("The server is ready");
    }
  }

  private static String text(ErrandServer server, Settings settings) {
    String ready = "Errand is ready at %s (role: %s)\n".formatted(server.url(), settings.role());
    String link =
        settings.role().servesApi()
            ? "  open   %s/?token=%s   works once\n"
                .formatted(server.url(), server.part(BrowserSessions.class).newLink())
            : "";
    return ready + link + "  data   %s\n".formatted(settings.data());
  }
}
