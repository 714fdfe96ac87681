package dev.errand.engine.webhook;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.signal.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a caller may do with webhooks.
///
/// Every method throws [Problem.Refused] for what the caller did wrong, and treats somebody else's
/// webhook as one that does not exist.
public final class Webhooks {
  /// How long both secrets sign after a rotation.
  public static final Duration OVERLAP = Duration.ofHours(24);

  private static final int MAX_PER_OWNER = 50;

  private final WebhookStore store;
  private final Addresses addresses;
  private final Signals signals;

  /// Knows where nothing is ever sent.
  public interface Addresses {
    /// Why nothing is sent to `url`, as far as the address alone tells; empty when it may be.
    Optional<String> problem(String url);
  }

  public Webhooks(WebhookStore store, Addresses addresses, Signals signals) {
    this.store = store;
    this.addresses = addresses;
    this.signals = signals;
  }

  /// The new webhook; the only time that its secret is told, but for rotations.
  public Webhook create(Caller caller, WebhookDraft draft) {
    check(draft);
    if (store.list(caller.user(), null, MAX_PER_OWNER).size() >= MAX_PER_OWNER) {
      throw new Problem.Conflict("There are %d webhooks already.".formatted(MAX_PER_OWNER))
          .refused();
    }
    Instant now = store.now();
    Webhook webhook =
        new Webhook(
            WebhookId.next(),
            caller.user(),
            draft.url(),
            draft.events(),
            draft.description(),
            !Boolean.FALSE.equals(draft.enabled()),
            null,
            Secrets.fresh(),
            null,
            now,
            now);
    store.add(webhook);
    return webhook;
  }

  public Webhook find(Caller caller, WebhookId id) {
    return store
        .find(id)
        .filter(webhook -> caller.mayAccess(webhook.owner()))
        .orElseThrow(() -> new Problem.NotFound("webhook: " + id).refused());
  }

  /// One page of webhooks, newest first; only an administrator sees those of others.
  ///
  /// @param owner whose, absent for everybody's
  public List<Webhook> list(
      Caller caller, @Nullable String owner, @Nullable WebhookId before, int limit) {
    if (!caller.admin() && !caller.user().equals(owner)) {
      throw new Problem.Forbidden("Only administrators list the webhooks of others.").refused();
    }
    return store.list(owner, before, limit);
  }

  /// A webhook that had been disabled by itself starts anew when it is enabled again.
  public Webhook change(Caller caller, WebhookId id, WebhookDraft draft) {
    Webhook old = find(caller, id);
    if (old.url() == null) {
      throw new Problem.Conflict(
              "Webhook %s stands for the callbacks of single tasks; only its secret can be changed."
                  .formatted(id))
          .refused();
    }
    check(draft);
    return replaced(old.changed(draft, store.now()));
  }

  /// Gives a webhook a new secret; for [#OVERLAP] the old one signs too.
  public Webhook rotate(Caller caller, WebhookId id) {
    Webhook old = find(caller, id);
    Instant now = store.now();
    return replaced(old.rotated(now.plus(OVERLAP), now));
  }

  public void delete(Caller caller, WebhookId id) {
    find(caller, id);
    store.delete(id);
  }

  public List<Delivery> deliveries(Caller caller, WebhookId id, @Nullable UUID before, int limit) {
    find(caller, id);
    return store.deliveries(id, before, limit);
  }

  public Delivery delivery(Caller caller, WebhookId id, UUID delivery) {
    find(caller, id);
    return store
        .delivery(delivery)
        .filter(one -> one.webhook().equals(id))
        .orElseThrow(() -> new Problem.NotFound("delivery: " + delivery).refused());
  }

  /// Sends a delivery once more, with the same id and body, whatever became of it.
  public Delivery redeliver(Caller caller, WebhookId id, UUID delivery) {
    if (!find(caller, id).enabled()) {
      throw new Problem.Conflict("Webhook %s is disabled; enable it first.".formatted(id))
          .refused();
    }
    Delivery known = delivery(caller, id, delivery);
    if (known.status() == Delivery.Status.PENDING) {
      throw new Problem.Conflict("Delivery %s is on its way.".formatted(delivery)).refused();
    }
    store.redeliver(delivery, Carrier.of(known.id(), known.owner()));
    signals.work();
    return delivery(caller, id, delivery);
  }

  private Webhook replaced(Webhook changed) {
    if (!store.replace(changed)) {
      throw new Problem.NotFound("webhook: " + changed.id()).refused();
    }
    return changed;
  }

  private void check(WebhookDraft draft) {
    addresses
        .problem(draft.url())
        .ifPresent(problem -> {
          throw new Problem.InvalidWebhook(List.of(new Violation("/url", problem))).refused();
        });
  }
}
