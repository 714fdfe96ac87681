package dev.errand.engine.webhook;

import dev.errand.engine.loop.Loop;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.webhook.WebhookStore.Composer;
import java.time.Duration;

/// Sees to it that whoever wants to know hears of ended tasks. Any number of nodes may run one.
public final class WebhookRelay implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final int TOGETHER = 200;

  /// How long the deliveries of a webhook can be looked up.
  public static final Duration KEPT = Duration.ofDays(30);

  private final WebhookStore store;
  private final Composer composer;
  private final Signals signals;
  private final Loop loop = new Loop("webhooks", Duration.ofSeconds(1), this::round);
  private long forgottenNanos = System.nanoTime();

  private WebhookRelay(WebhookStore store, Composer composer, Signals signals) {
    this.store = store;
    this.composer = composer;
    this.signals = signals;
  }

  public static WebhookRelay start(WebhookStore store, Composer composer, Signals signals) {
    WebhookRelay relay = new WebhookRelay(store, composer, signals);
    relay.loop.start();
    return relay;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void round() throws InterruptedException {
    int told = store.relay(TOGETHER, composer);
    if (told > 0) {
      signals.work();
    }
    if (System.nanoTime() - forgottenNanos > FORGET_EVERY.toNanos()) {
      forgottenNanos = System.nanoTime();
      store.forget(KEPT);
    }
    if (told < TOGETHER) {
      Thread.sleep(EVERY);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
