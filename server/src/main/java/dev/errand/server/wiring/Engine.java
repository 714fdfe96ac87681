package dev.errand.server.wiring;

import dev.errand.engine.artifact.ArtifactStorage;
import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.run.RunStore;
import dev.errand.engine.run.Runs;
import dev.errand.engine.schedule.Firing;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.TaskStore;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.server.config.Settings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What decides.
@Configuration(proxyBeanMethods = false)
public class Engine {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  Limits limits(Settings settings) {
    return settings.limits();
  }

  @Bean
  Json handlerJson() {
    return new JacksonJson();
  }

  @Bean
  Artifacts artifacts(
      ArtifactStore store, ArtifactStorage storage, Limits limits, InstantSource clock) {
    return new Artifacts(store, storage, limits, clock);
  }

  @Bean
  Runs runs(RunStore store) {
    return new Runs(store);
  }

  @Bean
  Firing firing(ScheduleStore schedules, TaskStore tasks, Signals signals) {
    return new Firing(schedules, tasks, signals);
  }
}
