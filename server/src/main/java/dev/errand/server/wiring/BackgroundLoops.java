package dev.errand.server.wiring;

import dev.errand.engine.artifact.ArtifactStorage;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.ReservationSettler;
import dev.errand.engine.retention.Pruner;
import dev.errand.engine.retention.RetentionStore;
import dev.errand.engine.schedule.Firing;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.schedule.Scheduler;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.worker.Expirer;
import dev.errand.server.config.Settings;
import dev.errand.server.health.HealthCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What happens by itself, on every node.
@Configuration(proxyBeanMethods = false)
class BackgroundLoops {
  @Bean
  Scheduler scheduler(ScheduleStore schedules, Firing firing) {
    return Scheduler.start(schedules, firing);
  }

  @Bean
  HealthCheck schedulerCheck(Scheduler scheduler) {
    return new HealthCheck("scheduler", scheduler::healthy);
  }

  @Bean
  Expirer expirer(TaskStore tasks, Signals signals) {
    return Expirer.start(tasks, signals);
  }

  @Bean
  HealthCheck expirerCheck(Expirer expirer) {
    return new HealthCheck("expirer", expirer::healthy);
  }

  @Bean
  ReservationSettler settler(Budgets budgets) {
    return ReservationSettler.start(budgets, ReservationSettler.EVERY);
  }

  @Bean
  HealthCheck budgetsCheck(ReservationSettler settler) {
    return new HealthCheck("budgets", settler::healthy);
  }

  @Bean
  Pruner pruner(RetentionStore store, ArtifactStorage storage, Settings settings) {
    return Pruner.start(store, storage, settings.retention(), Pruner.FIRST, Pruner.EVERY);
  }

  @Bean
  HealthCheck retentionCheck(Pruner pruner) {
    return new HealthCheck("retention", pruner::healthy);
  }
}
