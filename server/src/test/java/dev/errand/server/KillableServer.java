package dev.errand.server;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.worker.Rescuer;
import dev.errand.engine.worker.Worker;
import dev.errand.engine.worker.WorkerConfig;
import dev.errand.engine.worker.Workshop;
import dev.errand.server.config.Settings;
import dev.errand.server.kill.Footprints;
import dev.errand.server.kill.Walk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The server as [Main] starts it, apart from what it runs: walks, under a lease short enough that
/// a process which was paused comes back too late.
public final class KillableServer {
  private KillableServer() {}

  /// @param arguments the file for the footprints
  public static void main(String[] arguments) {
    System.setProperty("errand.kill.footprints", arguments[0]);
    Settings settings = Settings.read(Map.of(), System.getenv());
    List<Class<?>> parts =
        Wiring.partsFor(settings.role()).stream().<Class<?>>map(KillableServer::ours).toList();
    ErrandServer server = ErrandServer.start(settings, parts);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    Announcement.make(server, settings);
  }

  private static Class<?> ours(Class<?> part) {
    if (part == Wiring.Types.class) {
      return Walks.class;
    }
    return part == Wiring.Work.class ? ShortLeases.class : part;
  }

  @Configuration(proxyBeanMethods = false)
  static class Walks {
    @Bean
    Handlers handlers() {
      Path file = Path.of(System.getProperty("errand.kill.footprints"));
      return new Handlers(List.of(new Walk(new Footprints(file))));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ShortLeases {
    private static final WorkerConfig CONFIG =
        new WorkerConfig(16, Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMillis(200));

    @Bean
    Worker worker(
        Leases leases,
        Handlers handlers,
        Json json,
        Artifacts artifacts,
        Budgets budgets,
        Limits limits,
        Signals signals,
        InstantSource clock) {
      String name = "pid " + ProcessHandle.current().pid();
      return Worker.start(
          name,
          CONFIG,
          new Workshop(
              leases, handlers, json, artifacts, budgets, limits.budgets(), signals, clock));
    }

    @Bean
    Rescuer rescuer(Leases leases, Signals signals) {
      return Rescuer.start(leases, signals);
    }
  }
}
