package dev.errand.server;

import dev.errand.server.config.Settings;
import dev.errand.server.data.DataDirectory;
import dev.errand.server.database.Database;
import dev.errand.server.log.Logging;
import dev.errand.server.security.AdminToken;
import dev.errand.server.wiring.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// A server that runs, from its data directory up to its doors.
///
/// The database starts first, on a thread of its own beside everything else, and stops last.
final class ErrandServer implements AutoCloseable {
  static final String DATABASE_FOLDER = "postgres";

  private final Settings settings;
  private final DataDirectory data;
  private final Database database;
  private final ConfigurableApplicationContext doors;

  private ErrandServer(
      Settings settings,
      DataDirectory data,
      Database database,
      ConfigurableApplicationContext doors) {
    this.settings = settings;
    this.data = data;
    this.database = database;
    this.doors = doors;
  }

  /// Starts a server; when this returns, it is ready.
  ///
  /// @throws StartFailure saying why it did not start; then nothing of it is left running
  static ErrandServer start(Settings settings) {
    return start(settings, Wiring.partsFor(settings.role()));
  }

  /// Brings the database to the schema of this version, as every start does.
  ///
  /// @return what was done, for people
  /// @throws StartFailure saying why it cannot be done
  static String initialiseDatabase(Settings settings) {
    Logging.begin(settings.log());
    try (DataDirectory data = DataDirectory.open(settings.data());
        Database database =
            new Database(data.path().resolve(DATABASE_FOLDER), settings.database())) {
      database.start();
      database.awaitReady();
      return "The database %s has the schema of this version."
          .formatted(
              settings
                  .database()
                  .map(address -> "at " + address)
                  .orElseGet(() -> "in " + data.path().resolve(DATABASE_FOLDER)));
    } catch (RuntimeException e) {
      throw StartFailure.of(e, settings);
    }
  }

  /// @param parts what the server consists of
  static ErrandServer start(Settings settings, List<Class<?>> parts) {
    Logging.begin(settings.log());
    try {
      DataDirectory data = DataDirectory.open(settings.data());
      Database database = new Database(data.path().resolve(DATABASE_FOLDER), settings.database());
      return start(settings, parts, data, database);
    } catch (RuntimeException e) {
      throw StartFailure.of(e, settings);
    }
  }

  private static ErrandServer start(
      Settings settings, List<Class<?>> parts, DataDirectory data, Database database) {
    ConfigurableApplicationContext doors = null;
    try {
      database.start();
      doors = spring(settings, parts, data, database);
      database.awaitReady();
      ErrandServer server = new ErrandServer(settings, data, database, doors);
      ServerFile.publish(data, server.url());
      return server;
    } catch (RuntimeException e) {
      try (data;
          database;
          ConfigurableApplicationContext _ = doors) {
        throw e;
      }
    }
  }

  private static ConfigurableApplicationContext spring(
      Settings settings, List<Class<?>> parts, DataDirectory data, Database database) {
    SpringApplication application = new SpringApplication(parts.toArray(Class<?>[]::new));
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setAddCommandLineProperties(false);
    // Everything that a server is told is in its settings; files that happen to lie about change
    // nothing.
    application.setListeners(List.of());
    List<Object> given = new ArrayList<>(List.of(settings, data, database));
    if (settings.role().servesApi()) {
      given.add(AdminToken.in(data));
    }
    application.setInitializers(List.of(context -> give(context.getBeanFactory(), given)));
    return application.run();
  }

  /// Makes known what was there before Spring, and is closed by us after it.
  private static void give(ConfigurableListableBeanFactory beans, List<Object> parts) {
    parts.forEach(part -> beans.registerSingleton(part.getClass().getSimpleName(), part));
  }

  int port() {
    return Objects.requireNonNull(((WebServerApplicationContext) doors).getWebServer()).getPort();
  }

  String url() {
    return settings.http().url(port());
  }

  /// One of the parts that [Wiring] put together.
  <T> T part(Class<T> type) {
    return doors.getBean(type);
  }

  /// Stops taking requests, lets running attempts end or gives them back, and stops the database.
  @Override
  public void close() {
    // Closed from the last to the first, whatever fails on the way.
    try (data;
        database;
        doors) {
      ServerFile.remove(data);
    }
  }
}
