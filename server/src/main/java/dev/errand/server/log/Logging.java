package dev.errand.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.errand.server.config.LogFormat;
import java.io.Console;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Sets up logging. A server's lines go to the standard output: warnings of everybody and news of
/// our own. Until one begins, and in commands that are none, such as `errand read`, lines go to the
/// standard error, and libraries only tell of errors: the standard output is for what was asked
/// for.
///
/// Logback finds this class by itself (`META-INF/services`) and asks it first thing, so that
/// nothing is ever logged in another way. Spring Boot has no part in it: it would need a quarter of
/// a second.
public final class Logging extends ContextAwareBase implements Configurator {
  private static final String OURS = "dev.errand";
  private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %msg %kvp%n%ex{short}";

  /// Whoever starts the server says in one line why it did not start. What is wrong with a file or
  /// a message from outside, such as a PDF without its fonts, is told to whoever sent it.
  private static final Map<String, Level> QUIETER =
      Map.of(
          "org.apache.pdfbox", Level.ERROR,
          "org.apache.fontbox", Level.ERROR,
          "org.apache.lucene.internal.vectorization", Level.ERROR,
          "io.modelcontextprotocol", Level.OFF,
          "org.springframework.boot.SpringApplication", Level.OFF,
          "org.springframework.boot.diagnostics", Level.OFF,
          "org.springframework.boot.web.server", Level.ERROR,
          // Threads that outlive a web application matter where others are loaded after it.
          "org.apache.catalina.loader.WebappClassLoaderBase", Level.ERROR,
          "org.springframework.web.servlet.PageNotFound", Level.ERROR,
          "org.springframework.context.support", Level.ERROR);

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    configure(context, LogFormat.AUTO, Level.ERROR, ConsoleTarget.SystemErr);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Logs from now on as the settings say.
  public static void begin(LogFormat asked) {
    // Otherwise Spring's logging looks for implementations on the whole class path.
    System.setProperty(
        "org.apache.commons.logging.LogFactory", "org.apache.commons.logging.impl.Slf4jLogFactory");
    bridgeTheJdks();
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.reset();
      configure(context, asked, Level.WARN, ConsoleTarget.SystemOut);
    }
  }

  /// Tomcat and others log by the means of the JDK.
  private static void bridgeTheJdks() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
  }

  /// The format that was asked for, decided for this process's console.
  public static LogFormat format(LogFormat asked) {
    return asked.on(terminal());
  }

  private static void configure(
      LoggerContext context, LogFormat asked, Level libraries, ConsoleTarget where) {
    // On a terminal, only what needs attention.
    boolean quiet = asked == LogFormat.AUTO && terminal();
    context.getLogger(OURS).setLevel(quiet ? Level.WARN : Level.INFO);
    QUIETER.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(libraries);
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console(context, layout(asked), where));
  }

  private static Layout<ILoggingEvent> layout(LogFormat asked) {
    if (format(asked) == LogFormat.JSON) {
      return new JsonLogLine();
    }
    PatternLayout text = new PatternLayout();
    text.setPattern(TEXT);
    return text;
  }

  private static ConsoleAppender<ILoggingEvent> console(
      LoggerContext context, Layout<ILoggingEvent> layout, ConsoleTarget where) {
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget(where.getName());
    console.setEncoder(encoder);
    console.start();
    return console;
  }

  private static boolean terminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
