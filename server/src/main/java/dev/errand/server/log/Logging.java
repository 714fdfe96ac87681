package dev.errand.server.log;

import dev.errand.server.config.LogFormat;
import java.io.Console;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What Spring Boot is told about logging.
public final class Logging {
  private Logging() {}

  /// @param asked what the settings say
  public static Map<String, Object> properties(LogFormat asked) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("logging.level.root", "warn");
    // Whoever starts the server says in one line why it did not start.
    properties.put("logging.level.org.springframework.boot.SpringApplication", "off");
    properties.put("logging.level.org.springframework.boot.diagnostics", "off");
    properties.put("logging.level.org.springframework.context.support", "error");
    properties.put("logging.level.org.springframework.boot.web.server", "error");
    // On a terminal, only what needs attention.
    properties.put(
        "logging.level.dev.errand", asked == LogFormat.AUTO && terminal() ? "warn" : "info");
    properties.put("logging.register-shutdown-hook", "false");
    if (format(asked) == LogFormat.JSON) {
      properties.put("logging.structured.format.console", JsonLogLine.class.getName());
    } else {
      properties.put("logging.pattern.console", "%d{HH:mm:ss.SSS} %-5level %msg %kvp%n%wEx{short}");
    }
    return properties;
  }

  /// The format that was asked for, decided for this process's console.
  public static LogFormat format(LogFormat asked) {
    return asked.on(terminal());
  }

  private static boolean terminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
