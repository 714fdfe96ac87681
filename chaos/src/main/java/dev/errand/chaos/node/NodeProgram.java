package dev.errand.chaos.node;

import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.worker.WorkerConfig;
import dev.errand.handlers.webhook.DeliveryHandler;
import dev.errand.server.Main;
import dev.errand.server.config.Settings;
import dev.errand.server.wiring.Types;
import dev.errand.server.wiring.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The server as [Main] starts it, apart from what it runs: walks and hops, which leave footprints.
/// It ends with the process that started it, whatever happens to that.
public final class NodeProgram {
  private static final String FOOTPRINTS = "errand.chaos.footprints";
  private static final String LEASE_MILLIS = "errand.chaos.lease";

  private NodeProgram() {}

  /// @param arguments the file for the footprints, and how many milliseconds a lease lasts
  public static void main(String[] arguments) {
    System.setProperty(FOOTPRINTS, arguments[0]);
    System.setProperty(LEASE_MILLIS, arguments[1]);
    Thread.ofPlatform().daemon().name("end-with-parent").start(NodeProgram::endWithParent);
    Main.serve(
        Settings.read(Map.of(), System.getenv()),
        Map.of(Types.class, Paths.class, WorkerSettings.class, ShortLeases.class));
  }

  /// Whoever started this process holds the other end of its standard input and writes nothing.
  private static void endWithParent() {
    try {
      System.in.readAllBytes();
    } catch (IOException _) {
      // The other end is gone, too.
    }
    Runtime.getRuntime().halt(1);
  }

  @Configuration(proxyBeanMethods = false)
  static class Paths {
    @Bean
    Handlers handlers(DeliveryHandler deliveries) {
      Footprints footprints = new Footprints(Path.of(System.getProperty(FOOTPRINTS)));
      return new Handlers(List.of(new Walk(footprints), new Hop(footprints), deliveries));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ShortLeases {
    @Bean
    WorkerConfig workerConfig() {
      return new WorkerConfig(
          32,
          Duration.ofMillis(Long.getLong(LEASE_MILLIS)),
          Duration.ofMillis(500),
          Duration.ofSeconds(1));
    }
  }
}
