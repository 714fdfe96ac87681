package dev.errand.server.webhook;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.webhook.Delivery;
import dev.errand.engine.webhook.Webhook;
import dev.errand.engine.webhook.WebhookId;
import dev.errand.engine.webhook.Webhooks;
import dev.errand.server.page.Page;
import dev.errand.server.page.PageQuery;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/webhooks`: whom to tell of the ends of one's tasks, and what became of each delivery.
@RestController
@RequestMapping("/webhooks")
public final class WebhooksDoor {
  private final Webhooks webhooks;
  private final JsonMapper json;

  public WebhooksDoor(Webhooks webhooks, JsonMapper json) {
    this.webhooks = webhooks;
    this.json = json;
  }

  /// The only answer that shows the secret, but for that of a rotation.
  @PostMapping
  ResponseEntity<WebhookJson> create(Caller caller, ObjectNode body) {
    WebhookJson created = WebhookJson.withSecret(webhooks.create(caller, WebhookReader.read(body)));
    return ResponseEntity.created(URI.create(created.links().self())).body(created);
  }

  /// @param nextCursor leads to the next page, absent on the last one
  public record WebhooksJson(List<WebhookJson> webhooks, @Nullable String nextCursor) {}

  @GetMapping
  WebhooksJson list(Caller caller, @RequestParam Map<String, String> parameters) {
    PageQuery query = PageQuery.of(parameters, caller, "owner");
    List<Webhook> found =
        webhooks.list(caller, query.owner(), query.after(WebhookId::parse), query.limit());
    Page<Webhook> page = Page.of(found, query, one -> one.id().toString());
    return new WebhooksJson(page.shown(WebhookJson::of), page.next());
  }

  @GetMapping("/{id}")
  WebhookJson find(Caller caller, @PathVariable("id") String id) {
    return WebhookJson.of(webhooks.find(caller, named(id)));
  }

  @PutMapping("/{id}")
  WebhookJson replace(Caller caller, @PathVariable("id") String id, ObjectNode body) {
    return WebhookJson.of(webhooks.change(caller, named(id), WebhookReader.read(body)));
  }

  /// Changes the fields that are given; `null` stands for a field's default.
  @PatchMapping("/{id}")
  WebhookJson change(Caller caller, @PathVariable("id") String id, ObjectNode body) {
    ObjectNode whole =
        json.<ObjectNode>valueToTree(WebhookJson.of(webhooks.find(caller, named(id))))
            .retain(WebhookReader.FIELDS);
    whole.setAll(body);
    return WebhookJson.of(webhooks.change(caller, named(id), WebhookReader.read(whole)));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable("id") String id) {
    webhooks.delete(caller, named(id));
  }

  /// A new secret, which this answer shows; for a day the one before signs too.
  @PostMapping("/{id}/rotate-secret")
  WebhookJson rotate(Caller caller, @PathVariable("id") String id) {
    return WebhookJson.withSecret(webhooks.rotate(caller, named(id)));
  }

  public record DeliveriesJson(List<DeliveryJson> deliveries, @Nullable String nextCursor) {}

  @GetMapping("/{id}/deliveries")
  DeliveriesJson deliveries(
      Caller caller, @PathVariable("id") String id, @RequestParam Map<String, String> parameters) {
    PageQuery query = PageQuery.of(parameters, caller);
    List<Delivery> found =
        webhooks.deliveries(
            caller, named(id), query.after(WebhooksDoor::deliveryId), query.limit());
    Page<Delivery> page = Page.of(found, query, one -> one.id().toString());
    return new DeliveriesJson(page.shown(this::shown), page.next());
  }

  @GetMapping("/{id}/deliveries/{delivery}")
  DeliveryJson delivery(
      Caller caller, @PathVariable("id") String id, @PathVariable("delivery") String delivery) {
    return shown(webhooks.delivery(caller, named(id), namedDelivery(delivery)));
  }

  @PostMapping("/{id}/deliveries/{delivery}/redeliver")
  @ResponseStatus(HttpStatus.ACCEPTED)
  DeliveryJson redeliver(
      Caller caller, @PathVariable("id") String id, @PathVariable("delivery") String delivery) {
    return shown(webhooks.redeliver(caller, named(id), namedDelivery(delivery)));
  }

  private DeliveryJson shown(Delivery delivery) {
    return DeliveryJson.of(delivery, json.readTree(delivery.payload()));
  }

  /// What is no id names no webhook.
  private static WebhookId named(String text) {
    return WebhookId.parse(text)
        .orElseThrow(() -> new Problem.NotFound("webhook: \"%s\"".formatted(text)).refused());
  }

  /// A delivery's id has the form of a task's.
  private static Optional<UUID> deliveryId(String text) {
    return TaskId.parse(text).map(TaskId::value);
  }

  private static UUID namedDelivery(String text) {
    return deliveryId(text)
        .orElseThrow(() -> new Problem.NotFound("delivery: \"%s\"".formatted(text)).refused());
  }
}
