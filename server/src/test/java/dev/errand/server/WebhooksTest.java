package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.errand.server.Receiver.Call;
import dev.errand.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// On a whole server with its worker, and a real receiver.
class WebhooksTest {
  private static TestServer server;
  private final Receiver receiver = new Receiver();

  @BeforeAll
  static void start() {
    server = TestServer.working(Map.of("FETCH_PRIVATE_ALLOWLIST", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// Every test tells its own receiver only.
  @AfterEach
  void clear() {
    server
        .get("/webhooks?limit=200")
        .json()
        .path("webhooks")
        .valueStream()
        .filter(one -> !one.path("url").isNull())
        .forEach(one -> server.send(server.request("/webhooks/" + id(one)).DELETE()));
    receiver.close();
  }

  @Test
  void an_ended_task_is_told_with_a_signature_that_others_can_verify() throws Exception {
    receiver.on("/hook", 200);
    JsonNode webhook = created(receiver.at("/hook"));
    String task = server.submit("{\"type\": \"echo\", \"params\": {\"msg\": \"größer 🌍\"}}");

    Call call = receiver.next();

    assertThat(webhook.path("secret").asString()).startsWith("whsec_");
    verify(webhook, call);
    assertThat(call.header("content-type")).startsWith("application/json");
    JsonNode body = TestServer.JSON.readTree(call.body());
    assertThat(body.path("type").asString()).isEqualTo("task.completed");
    assertThat(body.at("/data/task_id").asString()).isEqualTo(task);
    assertThat(body.at("/data/status").asString()).isEqualTo("completed");
    assertThat(body.at("/data/result/msg").asString()).isEqualTo("größer 🌍");
    awaitStatus(webhook, "delivered");
    JsonNode delivery = deliveries(webhook).get(0);
    assertThat("msg_" + delivery.path("id").asString()).isEqualTo(call.header("webhook-id"));
    assertThat(delivery.at("/last_try/status").asInt()).isEqualTo(200);
    assertThat(delivery.path("payload")).isEqualTo(body);
  }

  @Test
  void a_changed_body_does_not_verify() throws Exception {
    receiver.on("/hook", 200);
    JsonNode webhook = created(receiver.at("/hook"));
    server.submit("{\"type\": \"echo\", \"params\": {}}");
    Call call = receiver.next();

    Webhook verifier = new Webhook(webhook.path("secret").asString());

    assertThatThrownBy(() -> verifier.verify(call.body() + " ", call.headers()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void for_a_day_after_a_rotation_both_secrets_verify() throws Exception {
    receiver.on("/hook", 200);
    JsonNode old = created(receiver.at("/hook"));
    JsonNode fresh = server.post("/webhooks/" + id(old) + "/rotate-secret", "{}").json();
    server.submit("{\"type\": \"echo\", \"params\": {}}");

    Call call = receiver.next();

    assertThat(fresh.path("secret")).isNotEqualTo(old.path("secret"));
    assertThat(fresh.path("previous_secret_until").isNull()).isFalse();
    verify(old, call);
    verify(fresh, call);
  }

  @Test
  void what_fails_is_tried_again_with_the_same_id_and_body() throws Exception {
    CountDownLatch failures = new CountDownLatch(1);
    receiver.on(
        "/hook",
        exchange -> {
          exchange.sendResponseHeaders(failures.getCount() > 0 ? 503 : 204, -1);
          failures.countDown();
        });
    JsonNode webhook = created(receiver.at("/hook"));
    server.submit("{\"type\": \"echo\", \"params\": {}}");

    Call first = receiver.next();
    Call second = receiver.next();

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
    verify(webhook, second);
    awaitStatus(webhook, "delivered");
    assertThat(deliveries(webhook).get(0).path("tries").asInt()).isEqualTo(2);
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    receiver
        .on(
            "/hook",
            exchange -> {
              exchange.getResponseHeaders().set("Location", receiver.at("/elsewhere"));
              exchange.sendResponseHeaders(302, -1);
            })
        .on("/elsewhere", 200);
    JsonNode webhook = created(receiver.at("/hook"));
    server.submit("{\"type\": \"echo\", \"params\": {}}");

    assertThat(receiver.next().path()).isEqualTo("/hook");
    await().until(() -> deliveries(webhook).get(0).path("tries").asInt() == 1);
    assertThat(deliveries(webhook).get(0).at("/last_try/error").asString())
        .contains("redirects are not followed");
    assertThat(receiver.quiet()).isTrue();
  }

  @Test
  void who_answers_410_is_not_called_any_more() throws Exception {
    receiver.on("/hook", 410);
    JsonNode webhook = created(receiver.at("/hook"));
    server.submit("{\"type\": \"echo\", \"params\": {}}");
    receiver.next();

    await().until(() -> !shown(webhook).path("enabled").asBoolean());
    assertThat(shown(webhook).path("disabled_reason").asString()).contains("410");
    awaitStatus(webhook, "failed");
    JsonNode delivery = deliveries(webhook).get(0);
    Answer refused = server.post(delivery.at("/links/redeliver").asString(), "{}");
    assertThat(refused.problem()).isEqualTo("conflict");

    receiver.on("/better", 200);
    Answer changed =
        server.send(
            server
                .request("/webhooks/" + id(webhook))
                .header("Content-Type", "application/json")
                .method(
                    "PATCH",
                    BodyPublishers.ofString(
                        "{\"enabled\": true, \"url\": \"%s\"}".formatted(receiver.at("/better")))));
    assertThat(changed.json().path("disabled_reason").isNull()).isTrue();
    server.submit("{\"type\": \"echo\", \"params\": {}}");
    assertThat(receiver.next().path()).isEqualTo("/better");
  }

  @Test
  void a_receiver_that_hangs_holds_up_nobody() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    receiver.on("/hangs", _ -> hanging.await()).on("/hook", 200);
    JsonNode slow = created(receiver.at("/hangs"));
    created(receiver.at("/hook"));
    server.submit("{\"type\": \"echo\", \"params\": {}}");

    assertThat(java.util.List.of(receiver.next().path(), receiver.next().path()))
        .containsExactlyInAnyOrder("/hangs", "/hook");
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> deliveries(slow).get(0).path("tries").asInt() == 1);
    hanging.countDown();
    assertThat(deliveries(slow).get(0).at("/last_try/error").asString()).contains("too long");
  }

  @Test
  void a_task_tells_its_own_callback_and_the_owner_can_verify_it() throws Exception {
    receiver.on("/callback", 200);
    String task =
        server.submit(
            "{\"type\": \"echo\", \"params\": {}, \"callback_url\": \"%s\"}"
                .formatted(receiver.at("/callback")));

    Call first = receiver.next();

    assertThat(TestServer.JSON.readTree(first.body()).at("/data/task_id").asString())
        .isEqualTo(task);
    JsonNode signing =
        server
            .get("/webhooks")
            .json()
            .path("webhooks")
            .valueStream()
            .filter(one -> one.path("url").isNull())
            .findFirst()
            .orElseThrow();
    JsonNode rotated = server.post("/webhooks/" + id(signing) + "/rotate-secret", "{}").json();
    server.post(
        "/tasks/batch",
        "{\"tasks\": [{\"type\": \"echo\", \"params\": {}, \"callback_url\": \"%s\"}]}"
            .formatted(receiver.at("/callback")));
    verify(rotated, receiver.next());
  }

  @Test
  void a_task_with_a_callback_shows_where_it_calls() {
    String url = receiver.at("/callback");
    String task =
        server.submit(
            "{\"type\": \"echo\", \"params\": {}, \"delay_seconds\": 600, \"callback_url\": \"%s\"}"
                .formatted(url));
    String other = server.submit("{\"type\": \"echo\", \"params\": {}}");

    assertThat(server.get("/tasks/" + task).json().path("callback_url").asString()).isEqualTo(url);
    assertThat(server.get("/tasks/" + other).json().has("callback_url")).isFalse();
  }

  @Test
  void a_schedule_tells_its_callback_of_the_tasks_that_it_submits() throws Exception {
    receiver.on("/callback", 200);
    JsonNode schedule =
        server
            .post(
                "/schedules",
                "{\"cron\": \"@yearly\", \"type\": \"echo\", \"params\": {}, \"callback_url\": \"%s\"}"
                    .formatted(receiver.at("/callback")))
            .json();
    assertThat(schedule.path("callback_url").asString()).isEqualTo(receiver.at("/callback"));

    JsonNode run = server.post("/schedules/" + id(schedule) + "/trigger", "{}").json();

    JsonNode told = TestServer.JSON.readTree(receiver.next().body());
    assertThat(told.at("/data/task_id")).isEqualTo(run.path("task_id"));
    assertThat(told.path("type").asString()).isEqualTo("task.completed");
    server.send(server.request("/schedules/" + id(schedule)).DELETE());
  }

  @Test
  void a_batch_is_told_once_when_all_of_it_has_ended() throws Exception {
    receiver.on("/hook", 200);
    JsonNode webhook =
        server
            .post(
                "/webhooks",
                "{\"url\": \"%s\", \"events\": [\"batch.completed\"]}"
                    .formatted(receiver.at("/hook")))
            .json();
    JsonNode batch =
        server
            .post(
                "/tasks/batch",
                "{\"tasks\": [{\"type\": \"echo\", \"params\": {}}, {\"type\": \"echo\", \"params\": {}},"
                    + " {\"type\": \"echo\", \"params\": {}, \"delay_seconds\": 3600}]}")
            .json();
    server.post("/tasks/" + batch.at("/task_ids/2").asString() + "/cancel", "{}");

    Call call = receiver.next();

    verify(webhook, call);
    JsonNode told = TestServer.JSON.readTree(call.body());
    assertThat(told.path("type").asString()).isEqualTo("batch.completed");
    assertThat(told.at("/data/batch_id")).isEqualTo(batch.path("batch_id"));
    assertThat(told.path("data").toString())
        .contains("\"total\":3", "\"completed\":2", "\"failed\":0", "\"cancelled\":1");
    awaitStatus(webhook, "delivered");
    JsonNode delivery = deliveries(webhook).get(0);
    assertThat(delivery.at("/links/batch").asString())
        .isEqualTo("/batches/" + batch.path("batch_id").asString());
    assertThat(deliveries(webhook)).hasSize(1);
    assertThat(receiver.quiet()).isTrue();
  }

  @Test
  void what_carries_deliveries_is_out_of_sight() throws Exception {
    receiver.on("/hook", 200);
    JsonNode webhook = created(receiver.at("/hook"));
    String task = server.submit("{\"type\": \"echo\", \"params\": {}}");
    receiver.next();
    awaitStatus(webhook, "delivered");

    assertThat(server.get("/tasks?limit=1").json().at("/tasks/0/id").asString()).isEqualTo(task);
    assertThat(server.get("/tasks?type=webhook_delivery").json().path("tasks")).isNotEmpty();
    Answer refused =
        server.post(
            "/tasks", "{\"type\": \"webhook_delivery\", \"params\": {\"delivery\": \"x\"}}");
    assertThat(refused.problem()).isEqualTo("task_rejected_invalid_params");
    assertThat(receiver.quiet()).isTrue();
  }

  @Test
  void what_was_delivered_is_sent_again_when_that_is_asked_for() throws Exception {
    receiver.on("/hook", 200);
    JsonNode webhook = created(receiver.at("/hook"));
    server.submit("{\"type\": \"echo\", \"params\": {}}");
    Call first = receiver.next();
    awaitStatus(webhook, "delivered");

    Answer again = server.post(deliveries(webhook).get(0).at("/links/redeliver").asString(), "{}");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json().path("status").asString()).isEqualTo("pending");
    Call second = receiver.next();
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
  }

  @Test
  void private_addresses_are_refused_unless_they_are_allowed() {
    Answer refused = server.post("/webhooks", "{\"url\": \"http://localhost:1/\"}");
    assertThat(refused.problem()).isEqualTo("invalid_webhook");
    assertThat(refused.pointers()).containsExactly("/url");

    Answer invalid =
        server.post(
            "/webhooks",
            "{\"url\": \"ftp://example.com\", \"events\": [\"task.born\"], \"colour\": 1}");
    assertThat(invalid.pointers()).contains("/events", "/colour");
    assertThat(
            server
                .post("/tasks", "{\"type\":\"echo\",\"params\":{},\"callback_url\":\"ftp:x\"}")
                .pointers())
        .containsExactly("/callback_url");
  }

  @Test
  void a_name_that_leads_inside_is_not_called() throws Exception {
    // The name itself says nothing; what it resolves to does.
    JsonNode webhook = created("http://localtest.invalid/");
    server.submit("{\"type\": \"echo\", \"params\": {}}");

    await()
        .until(() ->
            deliveries(webhook).size() == 1
                && deliveries(webhook).get(0).path("tries").asInt() == 1);
    assertThat(deliveries(webhook).get(0).at("/last_try/error").asString())
        .contains("is not known");
  }

  @Test
  void the_secret_is_shown_once_and_a_webhook_of_nobody_is_not_found() {
    JsonNode webhook = created(receiver.at("/hook"));

    assertThat(shown(webhook).has("secret")).isFalse();
    assertThat(server.get("/webhooks").body()).doesNotContain("whsec_");
    assertThat(server.send(server.request("/webhooks/" + id(webhook)).DELETE()).status())
        .isEqualTo(204);
    assertThat(server.get("/webhooks/" + id(webhook)).status()).isEqualTo(404);
    assertThat(server.get("/webhooks/x").status()).isEqualTo(404);
  }

  private static JsonNode created(String url) {
    Answer answer = server.post("/webhooks", "{\"url\": \"%s\"}".formatted(url));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private static String id(JsonNode webhook) {
    return webhook.path("id").asString();
  }

  private static JsonNode shown(JsonNode webhook) {
    return server.get("/webhooks/" + id(webhook)).json();
  }

  private static JsonNode deliveries(JsonNode webhook) {
    return server.get("/webhooks/" + id(webhook) + "/deliveries").json().path("deliveries");
  }

  private static void awaitStatus(JsonNode webhook, String status) {
    await()
        .until(() ->
            !deliveries(webhook).isEmpty()
                && deliveries(webhook).get(0).path("status").asString().equals(status));
  }

  private static void verify(JsonNode webhook, Call call) {
    assertThatCode(() ->
            new Webhook(webhook.path("secret").asString()).verify(call.body(), call.headers()))
        .doesNotThrowAnyException();
  }
}
