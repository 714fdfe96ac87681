package dev.errand.handlers.webhook;

import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.webhook.Carrier;
import dev.errand.engine.webhook.Delivery;
import dev.errand.engine.webhook.Secret;
import dev.errand.engine.webhook.Webhook;
import dev.errand.engine.webhook.WebhookStore;
import dev.errand.engine.webhook.WebhookStore.Sent;
import dev.errand.handlers.fetch.PostClient;
import dev.errand.handlers.fetch.PostClient.Posted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sends a delivery to its receiver: task type `webhook_delivery`, which only webhooks submit.
///
/// The request is signed as the Standard Webhooks specification says. Any 2xx answer counts as
/// delivered; 410 disables the webhook; everything else, redirects included, is tried again.
public final class DeliveryHandler implements Handler<DeliveryHandler.Params> {
  /// A webhook of which every delivery failed for this long is disabled.
  public static final Duration PATIENCE = Duration.ofDays(5);

  private static final String FAILED = "webhook_failed";
  private static final int GONE = 410;

  private final WebhookStore store;
  private final PostClient client;
  private final Listener listener;

  /// Hears of every try.
  public interface Listener {
    void tried(boolean delivered, Duration took);

    void disabled();
  }

  public DeliveryHandler(WebhookStore store, PostClient client, Listener listener) {
    this.store = store;
    this.client = client;
    this.listener = listener;
  }

  /// @param delivery its id
  public record Params(String delivery) {
    UUID id() {
      return UUID.fromString(delivery);
    }
  }

  /// @param status what the receiver answered
  public record Result(int status) {}

  @Override
  public String type() {
    return Carrier.TYPE;
  }

  @Override
  public Class<Params> paramsType() {
    return Params.class;
  }

  @Override
  public void admit(Params params, Caller caller) {
    new InvalidParams.Check()
        .that(false, "/delivery", "is sent by webhooks alone; see POST /webhooks")
        .orThrow();
  }

  @Override
  public Result handle(Params params, Attempt attempt) throws Exception {
    Delivery delivery =
        store
            .delivery(params.id())
            .orElseThrow(() -> TaskFailure.permanent("webhook_gone", "The webhook was deleted."));
    Webhook webhook =
        store
            .find(delivery.webhook())
            .filter(Webhook::enabled)
            .orElseThrow(
                () -> TaskFailure.permanent("webhook_disabled", "The webhook is disabled."));
    byte[] body = delivery.payload().getBytes(StandardCharsets.UTF_8);
    long begun = System.nanoTime();
    Posted posted = client.post(delivery.url(), signed(delivery, webhook), body);
    Sent sent = sent(posted);
    listener.tried(sent.error() == null, Duration.ofNanos(System.nanoTime() - begun));
    Optional<String> disabled = store.tried(delivery.id(), sent, PATIENCE);
    if (disabled.isPresent()) {
      listener.disabled();
      throw TaskFailure.permanent("webhook_disabled", disabled.get());
    }
    return switch (posted) {
      case Posted.Answered(int status, _, _) when sent.error() == null -> new Result(status);
      case Posted.Answered(int status, _, _) when status == GONE ->
          throw TaskFailure.permanent(FAILED, "The receiver answered 410.");
      case Posted.Answered(_, _, Optional<Duration> after) -> throw again(sent, attempt, after);
      case Posted.Blocked(String why) -> throw TaskFailure.permanent("webhook_blocked", why);
      case Posted.Unreachable _ -> throw again(sent, attempt, Optional.empty());
    };
  }

  private static TaskFailure again(Sent sent, Attempt attempt, Optional<Duration> asked) {
    Duration ours = Carrier.waitAfter(attempt.number());
    Duration wait = asked.filter(theirs -> theirs.compareTo(ours) > 0).orElse(ours);
    return TaskFailure.busy(FAILED, String.valueOf(sent.error()), wait);
  }

  private static Sent sent(Posted posted) {
    return switch (posted) {
      case Posted.Answered(int status, String answer, _) ->
          new Sent(status, refusal(status), answer, status == GONE);
      case Posted.Blocked(String why) -> new Sent(null, why, null, false);
      case Posted.Unreachable(String why) -> new Sent(null, why, null, false);
    };
  }

  private static @Nullable String refusal(int status) {
    if (status >= 200 && status < 300) {
      return null;
    }
    return status >= 300 && status < 400
        ? "the receiver answered %d; redirects are not followed".formatted(status)
        : "the receiver answered %d".formatted(status);
  }

  private Map<String, String> signed(Delivery delivery, Webhook webhook) {
    String id = "msg_" + delivery.id();
    Instant now = store.now();
    Stream<String> signatures =
        webhook.secrets().signing(now).stream()
            .map(secret -> signature(secret, id, now.getEpochSecond(), delivery.payload()));
    return Map.of(
        "webhook-id", id,
        "webhook-timestamp", String.valueOf(now.getEpochSecond()),
        "webhook-signature", signatures.collect(Collectors.joining(" ")));
  }

  private static String signature(Secret secret, String id, long at, String payload) {
    try {
      return new com.standardwebhooks.Webhook(secret.value()).sign(id, at, payload);
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException("A webhook's secret does not sign", e);
    }
  }
}
