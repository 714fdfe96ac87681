package dev.errand.server.wiring;

import dev.errand.engine.attempt.Json;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.webhook.DeliveryComposer;
import dev.errand.engine.webhook.WebhookRelay;
import dev.errand.engine.webhook.WebhookStore;
import dev.errand.engine.webhook.Webhooks;
import dev.errand.handlers.fetch.PostClient;
import dev.errand.handlers.webhook.DeliveryHandler;
import dev.errand.postgres.PostgresWebhooks;
import dev.errand.server.config.Settings;
import dev.errand.server.database.Database;
import dev.errand.server.health.HealthCheck;
import dev.errand.server.metrics.Meters;
import dev.errand.server.metrics.WebhookMeters;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Telling others that tasks have ended.
@Configuration(proxyBeanMethods = false)
public class WebhookDeliveries {
  @Bean
  WebhookStore webhookStore(Database database) {
    return new PostgresWebhooks(database.connections());
  }

  @Bean(destroyMethod = "close")
  PostClient postClient(Settings settings) {
    return new PostClient(settings.fetch());
  }

  @Bean
  DeliveryHandler deliveries(WebhookStore store, PostClient client, Meters meters) {
    WebhookMeters counted = new WebhookMeters(meters.registry());
    return new DeliveryHandler(
        store,
        client,
        new DeliveryHandler.Listener() {
          @Override
          public void tried(boolean delivered, Duration took) {
            counted.tried(delivered, took);
          }

          @Override
          public void disabled() {
            counted.disabled();
          }
        });
  }

  @Bean
  Webhooks webhooks(WebhookStore store, PostClient client, Signals signals) {
    return new Webhooks(store, client::problem, signals);
  }

  @Bean
  WebhookRelay webhookRelay(WebhookStore store, Json json, Signals signals) {
    return WebhookRelay.start(store, new DeliveryComposer(json), signals);
  }

  @Bean
  HealthCheck webhooksCheck(WebhookRelay relay) {
    return new HealthCheck("webhooks", relay::healthy);
  }
}
