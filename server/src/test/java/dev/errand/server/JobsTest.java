package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskError;
import dev.errand.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JobsTest {
  private static final String PLAN =
      """
      {"type":"GENERATE_MEDIA_PLAN","priority":"high","brandId":"Müller & Söhne",
       "payload":{"objective":"Grow","keywords":["a","b"],"settings":{"maxPosts":3}}}
      """;

  private final TestServer server = SeedServer.shared();

  @Test
  void a_job_is_accepted_and_shown_in_camel_case() {
    Answer created = server.post("/api/jobs?action=create", PLAN);

    assertThat(created.status()).isEqualTo(202);
    assertThat(created.json().propertyNames()).containsExactly("taskId");
    JsonNode task = status(id(created));
    // Known as soon as such jobs have been done before.
    assertThat(task.propertyNames())
        .filteredOn(name -> !name.equals("estimatedCompletion"))
        .containsExactly(
            "_id",
            "taskId",
            "userId",
            "brandId",
            "type",
            "payload",
            "status",
            "progress",
            "steps",
            "priority",
            "queuedAt",
            "retryCount",
            "maxRetries",
            "createdAt",
            "updatedAt");
    assertThat(task.path("brandId").asString()).isEqualTo("Müller & Söhne");
    assertThat(task.path("type").asString()).isEqualTo("GENERATE_MEDIA_PLAN");
    assertThat(task.path("payload")).isEqualTo(TestServer.JSON.readTree(PLAN).path("payload"));
    assertThat(task.path("status").asString()).isEqualTo("queued");
    assertThat(task.path("priority").asString()).isEqualTo("high");
    assertThat(task.path("steps").toString())
        .isEqualTo(
            "[{\"name\":\"Analyzing keywords\",\"status\":\"pending\"},"
                + "{\"name\":\"Generating content\",\"status\":\"pending\"}]");
  }

  @Test
  void it_tells_its_steps_and_its_result() {
    String id = id(server.post("/api/jobs?action=create", PLAN));
    Lease lease = server.claim(id);
    server
        .part(Leases.class)
        .append(
            lease,
            List.of(
                new NewEvent.StepStarted("Analyzing keywords"),
                new NewEvent.Progress(5, "Analyzing keywords...")));

    JsonNode processing = status(id);
    assertThat(processing.path("status").asString()).isEqualTo("processing");
    assertThat(processing.path("currentStep").asString()).isEqualTo("Analyzing keywords");
    assertThat(processing.path("currentStepIndex").asInt(-1)).isZero();
    assertThat(processing.path("steps").path(0).path("status").asString()).isEqualTo("running");
    assertThat(processing.path("startedAt").isString()).isTrue();

    server.end(
        lease, new Outcome.Completed("{\"media_plan_group_id\":\"g1\",\"a_b\":[{\"c_d\":1}]}"));
    JsonNode completed = status(id);
    assertThat(completed.path("status").asString()).isEqualTo("completed");
    assertThat(completed.path("progress").asInt()).isEqualTo(100);
    assertThat(completed.path("result").toString())
        .isEqualTo("{\"mediaPlanGroupId\":\"g1\",\"aB\":[{\"cD\":1}]}");
    assertThat(completed.path("completedAt").isString()).isTrue();
  }

  @Test
  void the_other_statuses_are_the_seeds() {
    String retrying = id(server.post("/api/jobs?action=create", PLAN));
    server.end(
        server.claim(retrying),
        new Outcome.Retrying(new TaskError("x", "It rains.", null), Duration.ofHours(1)));
    String failed = id(server.post("/api/jobs?action=create", PLAN));
    server.end(server.claim(failed), new Outcome.Failed(new TaskError("x", "It rained.", null)));
    String cancelled = id(server.post("/api/jobs?action=create", PLAN));
    server.post("/tasks/" + cancelled + "/cancel", "{}");

    assertThat(status(retrying).path("status").asString()).isEqualTo("retrying");
    assertThat(status(retrying).path("lastError").asString()).isEqualTo("It rains.");
    assertThat(status(failed).path("status").asString()).isEqualTo("failed");
    assertThat(status(cancelled).path("status").asString()).isEqualTo("cancelled");
  }

  @Test
  void many_are_asked_for_at_once_and_what_is_not_ones_own_is_not_found() {
    String one = id(server.post("/api/jobs?action=create", PLAN));
    String two = id(server.post("/api/jobs?action=create", PLAN));
    String others =
        id(server.send(SeedServer.post("stranger", server, "/api/jobs?action=create", PLAN)));
    String research = server.post("/research", "{\"prompt\":\"x\"}").json().path("id").asString();

    JsonNode asStranger =
        server
            .send(
                SeedServer.post(
                    "stranger",
                    server,
                    "/api/jobs?action=status",
                    "{\"taskIds\":[\"%s\",\"%s\",\"%s\",\"x\"]}".formatted(one, others, research)))
            .json();
    JsonNode mine =
        server.get("/api/jobs?action=status&taskIds=%s,%s,%s".formatted(one, two, one)).json();

    assertThat(ids(asStranger)).containsExactly(others);
    assertThat(asStranger.path("notFound").size()).isEqualTo(3);
    assertThat(ids(mine)).containsExactly(one, two);
    assertThat(
            server
                .send(SeedServer.as("stranger", server, "/api/jobs?action=status&taskId=" + one))
                .status())
        .isEqualTo(404);
  }

  @Test
  void what_is_wrong_is_refused() {
    assertThat(server.post("/api/jobs?action=destroy", "{}").problem()).isEqualTo("bad_request");
    assertThat(server.post("/api/jobs", PLAN).status()).isEqualTo(400);
    assertThat(server.post("/api/jobs?action=create&action=status", PLAN).status()).isEqualTo(400);
    assertThat(server.get("/api/jobs?action=create").status()).isEqualTo(400);
    assertThat(server.get("/api/jobs?action=status").status()).isEqualTo(400);
    assertThat(server.get("/api/jobs?action=status&id=1").status()).isEqualTo(400);
    String many =
        IntStream.range(0, 101).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
    assertThat(
            server.post("/api/jobs?action=status", "{\"taskIds\":[%s]}".formatted(many)).status())
        .isEqualTo(400);
    assertThat(server.post("/api/jobs?action=create", "{\"type\":\"X\",\"payload\":[]}").pointers())
        .containsExactlyInAnyOrder("/type", "/payload");
    assertThat(
            server
                .post(
                    "/api/jobs?action=create", "{\"type\":\"GENERATE_MEDIA_PLAN\",\"payload\":{}}")
                .pointers())
        .contains("/payload/objective");
    assertThat(server.post("/api/jobs?action=create", "{\"type\":\"X\",\"type\":\"Y\"}").problem())
        .isEqualTo("unreadable_json");
    assertThat(server.send(server.anonymous("/api/jobs?action=status&taskId=x")).status())
        .isEqualTo(401);
    assertThat(
            server
                .send(
                    server
                        .anonymous("/api/jobs?action=process&action=create")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(PLAN)))
                .status())
        .isEqualTo(400);
  }

  @Test
  void qstash_hands_over_a_task_with_its_signature() throws Exception {
    String id = id(server.post("/api/jobs?action=create", PLAN));
    server.end(server.claim(id), new Outcome.Completed("{}"));
    String body = "{\"taskId\":\"%s\"}".formatted(id);

    Answer current = process(body, signature(body, SeedServer.CURRENT_KEY, claims -> claims));
    Answer next = process(body, signature(body, SeedServer.NEXT_KEY, claims -> claims));

    assertThat(current.status()).isEqualTo(200);
    assertThat(current.json().toString())
        .isEqualTo("{\"taskId\":\"%s\",\"status\":\"completed\"}".formatted(id));
    assertThat(next.status()).isEqualTo(200);
  }

  @Test
  void what_qstash_did_not_sign_is_refused() throws Exception {
    String body = "{\"taskId\":\"x\"}";
    String key = SeedServer.CURRENT_KEY;
    Instant now = Instant.now();

    List<String> wrong =
        List.of(
            "nonsense",
            signature(body, "sig_another_key_of_the_right_length_", c -> c),
            signature("{}", key, c -> c),
            signature(body, key, c -> c.issuer("Downstash")),
            signature(body, key, c -> c.subject("https://elsewhere.example/")),
            signature(body, key, c -> c.expirationTime(Date.from(now.minusSeconds(60)))),
            signature(body, key, c -> c.expirationTime(null)),
            signature(body, key, c -> c.notBeforeTime(Date.from(now.plusSeconds(60)))),
            signature(body, key, c -> c.claim("body", null)));

    for (String signature : wrong) {
      assertThat(process(body, signature).problem()).isEqualTo("unauthorized");
    }
    assertThat(
            server
                .send(
                    server
                        .anonymous("/api/jobs?action=process")
                        .POST(BodyPublishers.ofString(body)))
                .status())
        .isEqualTo(401);
  }

  @Test
  void a_signed_message_that_names_no_task_is_not_to_be_repeated() throws Exception {
    Answer answer = process("[]", signature("[]", SeedServer.CURRENT_KEY, claims -> claims));

    assertThat(answer.status()).isEqualTo(489);
    assertThat(answer.header("Upstash-NonRetryable-Error")).isEqualTo("true");
  }

  private Answer process(String body, String signature) {
    return server.send(
        server
            .anonymous("/api/jobs?action=process")
            .header("Upstash-Signature", signature)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private String signature(String body, String key, UnaryOperator<JWTClaimsSet.Builder> change)
      throws Exception {
    Instant now = Instant.now();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer("Upstash")
            .subject("http://127.0.0.1:%d/api/jobs?action=process".formatted(server.port()))
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(300)))
            .jwtID("jwt_1")
            .claim("body", Base64.getUrlEncoder().encodeToString(hash));
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), change.apply(claims).build());
    jwt.sign(new MACSigner(key));
    return jwt.serialize();
  }

  private JsonNode status(String id) {
    return server.get("/api/jobs?action=status&taskId=" + id).json();
  }

  private static String id(Answer created) {
    return created.json().path("taskId").asString();
  }

  private static List<String> ids(JsonNode answer) {
    return answer.path("tasks").valueStream().map(one -> one.path("taskId").asString()).toList();
  }
}
