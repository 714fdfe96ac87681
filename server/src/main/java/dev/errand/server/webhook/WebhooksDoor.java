package dev.errand.server.webhook;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.webhook.Delivery;
import dev.errand.engine.webhook.Webhook;
import dev.errand.engine.webhook.WebhookId;
import dev.errand.engine.webhook.Webhooks;
import java.net.URI;
import java.util.List;
import java.util.Map;
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
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 200;

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
    check(parameters, List.of("limit", "cursor", "owner"));
    int size = size(parameters.get("limit"));
    UUID cursor = cursor(parameters.get("cursor"));
    String owner = parameters.getOrDefault("owner", caller.user());
    List<Webhook> found =
        webhooks.list(
            caller,
            owner.equals("*") ? null : owner,
            cursor == null ? null : new WebhookId(cursor),
            size + 1);
    List<Webhook> page = found.stream().limit(size).toList();
    return new WebhooksJson(
        page.stream().map(WebhookJson::of).toList(),
        found.size() > size ? page.getLast().id().toString() : null);
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
    check(parameters, List.of("limit", "cursor"));
    int size = size(parameters.get("limit"));
    List<Delivery> found =
        webhooks.deliveries(caller, named(id), cursor(parameters.get("cursor")), size + 1);
    List<Delivery> page = found.stream().limit(size).toList();
    return new DeliveriesJson(
        page.stream().map(this::shown).toList(),
        found.size() > size ? page.getLast().id().toString() : null);
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

  private static void check(Map<String, String> parameters, List<String> known) {
    parameters.keySet().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw bad(
              "There is no parameter %s; known are %s".formatted(name, String.join(", ", known)));
        });
  }

  private static int size(@Nullable String text) {
    if (text == null) {
      return DEFAULT_PAGE;
    }
    int size = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    if (size < 1 || size > MAX_PAGE) {
      throw bad("limit must be 1 to " + MAX_PAGE);
    }
    return size;
  }

  private static @Nullable UUID cursor(@Nullable String text) {
    return text == null
        ? null
        : TaskId.parse(text)
            .map(TaskId::value)
            .orElseThrow(() -> bad("cursor must be the next_cursor of the page before"));
  }

  /// What is no id names no webhook.
  private static WebhookId named(String text) {
    return WebhookId.parse(text)
        .orElseThrow(() -> new Problem.NotFound("webhook: \"%s\"".formatted(text)).refused());
  }

  private static UUID namedDelivery(String text) {
    return TaskId.parse(text)
        .map(TaskId::value)
        .orElseThrow(() -> new Problem.NotFound("delivery: \"%s\"".formatted(text)).refused());
  }

  private static Problem.Refused bad(String what) {
    return new Problem.BadRequest(what + ".").refused();
  }
}
