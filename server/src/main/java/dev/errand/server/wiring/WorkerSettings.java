package dev.errand.server.wiring;

import dev.errand.engine.worker.WorkerConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// How tasks are run.
@Configuration(proxyBeanMethods = false)
public class WorkerSettings {
  @Bean
  WorkerConfig workerConfig() {
    return WorkerConfig.DEFAULTS;
  }
}
