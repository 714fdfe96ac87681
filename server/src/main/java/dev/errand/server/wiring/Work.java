package dev.errand.server.wiring;

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
import dev.errand.engine.worker.WorkerContext;
import dev.errand.postgres.OpenTasksVacuum;
import dev.errand.postgres.PostgresTasks;
import dev.errand.server.database.Database;
import dev.errand.server.health.HealthCheck;
import dev.errand.server.metrics.MeasuredHandler;
import dev.errand.server.metrics.MeasuredHandover;
import dev.errand.server.metrics.TaskMeters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What runs tasks.
@Configuration(proxyBeanMethods = false)
class Work {
  @Bean
  Worker worker(
      WorkerConfig config,
      PostgresTasks tasks,
      Leases leases,
      Handlers handlers,
      Json json,
      Artifacts artifacts,
      Budgets budgets,
      Limits limits,
      Signals signals,
      InstantSource clock,
      TaskMeters meters) {
    String name = nodeName();
    Worker worker =
        Worker.start(
            name,
            config,
            new WorkerContext(
                leases,
                MeasuredHandler.all(handlers, meters),
                json,
                artifacts,
                budgets,
                limits.budgets(),
                signals,
                clock));
    tasks.handOverTo(new MeasuredHandover(worker, meters));
    return worker;
  }

  /// Tells people which process it is, on machines that may all have the same process ids.
  private static String nodeName() {
    String pid = "pid " + ProcessHandle.current().pid();
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip() + " " + pid;
    } catch (IOException _) {
      return pid;
    }
  }

  @Bean
  Rescuer rescuer(Leases leases, Signals signals, Worker worker) {
    return Rescuer.start(leases, signals, worker::hears);
  }

  @Bean
  OpenTasksVacuum vacuum(Database database) {
    return OpenTasksVacuum.start(database.connections(), database.patientSessions());
  }

  @Bean
  HealthCheck vacuumCheck(OpenTasksVacuum vacuum) {
    return new HealthCheck("vacuum", vacuum::healthy);
  }

  @Bean
  HealthCheck workerCheck(Worker worker) {
    return new HealthCheck("worker", worker::healthy);
  }

  @Bean
  HealthCheck rescuerCheck(Rescuer rescuer) {
    return new HealthCheck("rescuer", rescuer::healthy);
  }
}
