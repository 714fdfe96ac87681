package dev.errand.server.wiring;

import dev.errand.engine.worker.WorkerConfig;
import dev.errand.server.config.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// How tasks are run.
@Configuration(proxyBeanMethods = false)
public class WorkerSettings {
  @Bean
  WorkerConfig workerConfig(Settings settings) {
    return settings.worker();
  }
}
