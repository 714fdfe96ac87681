package dev.errand.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// What this process has sent to the receivers of webhooks. Thread-safe.
public final class WebhookMeters {
  private final Timer delivered;
  private final Timer refused;
  private final Counter disabled;

  public WebhookMeters(MeterRegistry registry) {
    this.delivered = tries(registry, "delivered");
    this.refused = tries(registry, "failed");
    this.disabled = registry.counter("errand.webhooks.disabled");
  }

  private static Timer tries(MeterRegistry registry, String outcome) {
    return Timer.builder("errand.webhook.tries")
        .tag("outcome", outcome)
        .serviceLevelObjectives(
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30))
        .register(registry);
  }

  public void tried(boolean well, Duration took) {
    (well ? delivered : refused).record(took);
  }

  /// A webhook was switched off because its receiver does not take its deliveries.
  public void disabled() {
    disabled.increment();
  }
}
