package dev.errand.server.metrics;

import dev.errand.server.database.Database;
import dev.errand.server.health.HealthCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/// Everything that is measured in this process and needs nobody to report it.
public final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  public Meters(Database database) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
    Gauge.builder("errand.database.connections.active", database, Database::connectionsInUse)
        .register(registry);
    Gauge.builder("errand.database.connections.awaited", database, Database::waitingForConnection)
        .register(registry);
  }

  /// Shows the health of a part of this process.
  public void watch(HealthCheck check) {
    Gauge.builder("errand.loop.healthy", check, Meters::one)
        .strongReference(true)
        .tag("loop", check.name())
        .register(registry);
  }

  private static double one(HealthCheck check) {
    return check.works().getAsBoolean() ? 1 : 0;
  }

  public PrometheusMeterRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
