package dev.errand.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.errand.server.config.LogFormat;
import java.io.Console;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

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

  /// Shows warnings only, where there is no Spring Boot to set up what [#properties] says.
  public static void warningsOnly() {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.WARN);
    }
  }

  /// The format that was asked for, decided for this process's console.
  public static LogFormat format(LogFormat asked) {
    return asked.on(terminal());
  }

  private static boolean terminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
